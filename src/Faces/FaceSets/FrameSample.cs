namespace VideoGaze.Faces.FaceSets;

/// <summary>
/// A whole picture of a frame set and the faces a detector found on it: a line of <c>frames.ndjson</c>. <c>videogaze train frames</c> writes it,
/// the detector and identity recipes read it; the two meet only here.
/// </summary>
/// <param name="File">Picture file name inside the frame set's folder.</param>
/// <param name="Source">File name of the video or photo it was taken from.</param>
/// <param name="FrameIndex">Frame in the source, from 0 (0 for a photo).</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Faces">Strongest first; empty where none was found, which makes the whole picture background.</param>
public sealed record FrameSample(string File, string Source, long FrameIndex, int Width, int Height, IReadOnlyList<FrameFace> Faces)
{
    /// <summary>Name of the list inside a frame set's folder.</summary>
    public const string ListName = "frames.ndjson";
}

/// <summary>A face on a picture of a frame set.</summary>
/// <param name="Box">[left, top, width, height] in picture pixels.</param>
/// <param name="Points">[x, y] of left eye, right eye, nose tip, left and right mouth corner as seen in the image, picture pixels.</param>
/// <param name="Score">The detector's, in [0, 1]: weak ones are neither faces nor background to who trains on them.</param>
public sealed record FrameFace(float[] Box, float[][] Points, float Score);
