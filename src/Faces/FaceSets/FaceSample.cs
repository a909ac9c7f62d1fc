namespace VideoGaze.Faces.FaceSets;

/// <summary>
/// One aligned crop of a face set: a line of <c>faces.ndjson</c>. <c>videogaze extract</c> writes it, training reads it; the two meet only here.
/// </summary>
/// <param name="File">Picture file name inside the face set's folder.</param>
/// <param name="Source">File name of the video or photo it was cut from.</param>
/// <param name="FrameIndex">Frame in the source, from 0 (0 for a photo).</param>
/// <param name="Pts">Presentation time in seconds (0 for a photo).</param>
/// <param name="TrackId">Which person in the source, stable over frames.</param>
/// <param name="Template">Name of the alignment template.</param>
/// <param name="Size">Side of the crop in pixels.</param>
/// <param name="Transform">[A, B, Tx, Ty] of the similarity from source pixels to crop pixels (see SimilarityTransform).</param>
/// <param name="Landmarks">478 MediaPipe mesh points with irises, [x, y] in crop pixels.</param>
/// <param name="GazeDegrees">[yaw, pitch] by the reporting estimator, degrees, camera frame; null where it gave none.</param>
/// <param name="HeadDegrees">[yaw, pitch, roll] of the head, degrees; null where unknown.</param>
/// <param name="Openness">[image-left eye, image-right eye]: lid distance over eye width on the mesh (eye aspect ratio).</param>
/// <param name="Sharpness">Variance of the Laplacian over the crop's luma, for sorting out blur.</param>
/// <param name="Confidence">Detector score in [0, 1].</param>
public sealed record FaceSample(
    string File,
    string Source,
    long FrameIndex,
    double Pts,
    int TrackId,
    string Template,
    int Size,
    double[] Transform,
    float[][] Landmarks,
    double[]? GazeDegrees,
    double[]? HeadDegrees,
    float[] Openness,
    double Sharpness,
    double Confidence);
