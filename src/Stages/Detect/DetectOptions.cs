namespace VideoGaze.Stages.Detect;

/// <summary>How faces are looked for.</summary>
/// <param name="DetectorSize">Longest side in pixels to which a picture is shrunk before detection. Faces below about 1/20 of it are missed.</param>
/// <param name="MinimumScore">Weaker answers are no faces, (0, 1).</param>
/// <param name="Workers">Frames looked at side by side.</param>
public sealed record DetectOptions(int DetectorSize = 480, float MinimumScore = 0.6f, int Workers = 1);
