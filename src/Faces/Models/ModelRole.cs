namespace VideoGaze.Faces.Models;

/// <summary>A job that a network does for the pipeline, and the files that can do it, best first.</summary>
/// <param name="Name">What messages call it.</param>
/// <param name="FileNames">File names in order of preference.</param>
public sealed record ModelRole(string Name, params string[] FileNames)
{
    /// <summary>Finds faces and five points of each. The dynamic YuNet comes first because its cost falls with the input size.</summary>
    public static ModelRole FaceDetector { get; } = new("face detector", "yunet_n_dynamic.onnx", "face_detection_yunet_2023mar.onnx", "scrfd_500m_bnkps.onnx");

    /// <summary>Measures the 478-point mesh with irises.</summary>
    public static ModelRole FaceMesh { get; } = new("face mesh", "mediapipe_face_landmarks_478.onnx");

    /// <summary>Tells people apart.</summary>
    public static ModelRole FaceIdentity { get; } = new("face identity network", "mobilefacenet_128.onnx");

    /// <summary>Measures where eyes look, from eye crops and head pose. This project's own comes first: it needs half the time and finds the eyes of swapped faces too.</summary>
    public static ModelRole GazeEstimator { get; } = new("gaze estimator", "eyes.onnx", "gaze-estimation-adas-0002_fp32.onnx");

    /// <summary>Measures lids and iris of one eye.</summary>
    public static ModelRole EyeContour { get; } = new("eye contour network", "mediapipe_iris_landmark.onnx");

    /// <summary>Tells open eyes from shut ones.</summary>
    public static ModelRole EyeState { get; } = new("eye state classifier", "open-closed-eye-0001.onnx");
}
