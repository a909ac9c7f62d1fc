using VideoGaze.Stages.Report;

namespace VideoGaze.Stages.Gaze;

/// <summary>What a way to measure gaze gets wrong where the gaze is known and nothing is swapped: how much of a report's error may be the estimator's own. Degrees.</summary>
/// <param name="Set">What it was measured on.</param>
/// <param name="Faces">How many faces.</param>
/// <param name="Mean">Angle between measured and true gaze, mean.</param>
/// <param name="Median">The same, median.</param>
/// <param name="P95">The same, 95th percentile.</param>
/// <param name="Yaw">The horizontal part.</param>
/// <param name="Pitch">The vertical part.</param>
/// <param name="Noise">Median angle between the answers for a picture and for its copy at three quarters of the size through JPEG.</param>
public sealed record EstimatorFloor(string Set, long Faces, double Mean, double Median, double P95, AxisFloor Yaw, AxisFloor Pitch, double Noise);

/// <summary>One angle of a floor, degrees.</summary>
/// <param name="Bias">Mean of measured minus true.</param>
/// <param name="Slope">Degrees measured for a degree of truth.</param>
/// <param name="Spread">Standard deviation once bias and slope are taken out.</param>
public sealed record AxisFloor(double Bias, double Slope, double Spread);

/// <summary>The floors that <c>videogaze calibrate</c> measured; docs/gaze.md has the table and the command. A network is known by its hash: another export is another network.</summary>
public static class EstimatorFloors
{
    // Every fifth frame of talk, two, edges and sweep: five people, faces above 200 px.
    private const string Clips = "performer clips";

    // 304 pictures of 38 people, faces of 36 to 225 px, heads to 45 degrees, blur, noise and JPEG.
    private const string Pictures = "performer pictures";

    // models/eyes.onnx: it finds the eyes of swapped faces itself, so what holds with the mesh's eyes holds for both commands.
    private const string Eyes = "8452c192fd89855bf658e2a3aa87767982a1533460aad7dd287fb29b12178e43";

    // gaze-estimation-adas-0002_fp32.onnx.
    private const string Adas0002 = "45cc8fb52525e1326508e4d19c6eef57d5d626066418362bebddc62df4e4710d";

    private static readonly (string Sha256, OutputEyes Eyes, bool AverageMirror, EstimatorFloor Floor)[] Known =
    [
        (Eyes, OutputEyes.Mesh, false, new(Clips, 192, 3.27, 3.34, 6.31, new(0.55, 0.97, 2.16), new(0.08, 0.91, 2.95), 0.53)),
        (Eyes, OutputEyes.Mesh, false, new(Pictures, 266, 3.93, 2.93, 13.57, new(0.46, 0.92, 3.71), new(-0.76, 0.85, 3.67), 1.61)),
        (Adas0002, OutputEyes.Mesh, true, new(Clips, 192, 4.90, 4.50, 10.28, new(0.47, 1.01, 3.23), new(-2.26, 0.91, 4.00), 0.67)),
        (Adas0002, OutputEyes.Mesh, true, new(Pictures, 261, 11.12, 9.64, 25.32, new(0.81, 0.88, 9.99), new(-3.78, 0.53, 6.48), 2.52)),
        (Adas0002, OutputEyes.Mesh, false, new(Clips, 192, 5.95, 5.81, 10.13, new(-3.17, 1.00, 3.74), new(-1.87, 0.90, 3.83), 0.75)),
        (Adas0002, OutputEyes.Mesh, false, new(Pictures, 266, 12.93, 11.14, 31.64, new(0.34, 0.85, 12.56), new(-3.69, 0.52, 6.73), 3.36)),
        (Adas0002, OutputEyes.IrisNetwork, true, new(Clips, 192, 5.22, 4.84, 10.78, new(0.48, 1.04, 3.15), new(-2.44, 0.88, 4.22), 0.70)),
        (Adas0002, OutputEyes.IrisNetwork, true, new(Pictures, 262, 11.23, 9.39, 25.97, new(1.08, 0.88, 10.13), new(-3.68, 0.52, 6.53), 3.12)),
        (Adas0002, OutputEyes.IrisNetwork, false, new(Clips, 192, 5.99, 5.83, 10.34, new(-2.92, 1.02, 3.67), new(-2.01, 0.85, 3.97), 0.88)),
        (Adas0002, OutputEyes.IrisNetwork, false, new(Pictures, 266, 12.63, 10.62, 29.22, new(0.70, 0.87, 12.18), new(-3.56, 0.51, 6.69), 3.39)),
    ];

    /// <summary>The floors of a setup, one a set; none for a network that was never calibrated.</summary>
    public static IReadOnlyList<EstimatorFloor> Of(GazeSetup setup)
    {
        ArgumentNullException.ThrowIfNull(setup);
        ModelRecord? network = setup.Models.FirstOrDefault(model => model.Role == "gaze");

        // Eyes taken over from the source are those of its mesh.
        OutputEyes eyes = setup.Options.OutputEyes == OutputEyes.IrisNetwork ? OutputEyes.IrisNetwork : OutputEyes.Mesh;
        return [.. Known.Where(known => known.Sha256 == network?.Sha256 && known.Eyes == eyes && known.AverageMirror == setup.Options.AverageMirror).Select(known => known.Floor)];
    }
}
