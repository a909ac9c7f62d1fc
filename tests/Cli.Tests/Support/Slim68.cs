using System.Numerics;
using System.Runtime.InteropServices;
using OpenCvSharp;
using VideoGaze.Faces.Geometry;
using VideoGaze.Faces.Models;

namespace VideoGaze.Cli.Tests.Support;

/// <summary>
/// A small network for 68 landmarks (Peppa-Facial-Landmark's "slim", Apache-2.0), trained on photos of people and used nowhere in the project: a referee for labels. BGR, (value - 127) / 127, 160 px.
/// </summary>
internal sealed class Slim68(string path) : IDisposable
{
    private const int Side = 160;

    // Side of the crop over the larger side of the labels' box, which reaches from hairline to chin and ear to ear: of 1.2, 1.35 and 1.5 this has the least error,
    // on these pictures as on those of another renderer.
    private const float Extent = 1.2f;

    private readonly FloatNetwork network = FloatNetwork.Open(path);

    /// <summary>The 68 points, picture pixels, in iBUG order.</summary>
    public Vector2[] Locate(Mat bgr, FaceBox box)
    {
        float side = Math.Max(box.Width, box.Height) * Extent;
        Vector2 corner = new(box.X + ((box.Width - side) / 2), box.Y + ((box.Height - side) / 2));
        using Mat cut = new(), crop = new();

        // Beyond the edge the border is repeated.
        Cv2.GetRectSubPix(bgr, new Size((int)MathF.Round(side), (int)MathF.Round(side)), new Point2f(corner.X + (side / 2) - 0.5f, corner.Y + (side / 2) - 0.5f), cut);
        Cv2.Resize(cut, crop, new Size(Side, Side), 0, 0, cut.Width > Side ? InterpolationFlags.Area : InterpolationFlags.Linear);
        crop.GetArray(out Vec3b[] pixels);
        Span<float> planes = network.Input("input1");
        for (int i = 0; i < pixels.Length; i++)
        {
            planes[i] = (pixels[i].Item0 - 127) / 127f;
            planes[pixels.Length + i] = (pixels[i].Item1 - 127) / 127f;
            planes[(2 * pixels.Length) + i] = (pixels[i].Item2 - 127) / 127f;
        }

        network.Run();
        ReadOnlySpan<Vector2> shares = MemoryMarshal.Cast<float, Vector2>(network.Output(network.OutputShapes[0].Key)[..(2 * IbugLandmarks.Count)]);
        Vector2[] points = shares.ToArray();
        return Array.ConvertAll(points, share => corner + (share * side));
    }

    /// <inheritdoc/>
    public void Dispose() => network.Dispose();
}
