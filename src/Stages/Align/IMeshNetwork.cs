namespace VideoGaze.Stages.Align;

/// <summary>A network that finds the mesh in an upright crop of <see cref="FaceMeshEstimator.InputSide"/> pixels. Not thread-safe.</summary>
internal interface IMeshNetwork : IDisposable
{
    /// <summary>Measures the mesh.</summary>
    /// <param name="planes">The crop: planes R, G, B in [0, 1].</param>
    /// <returns>In crop pixels.</returns>
    Faces.Geometry.FaceMesh Measure(ReadOnlySpan<float> planes);
}
