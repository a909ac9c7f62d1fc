namespace VideoGaze.Faces.Models;

/// <summary>A job that a network does, and the files that can do it, best first: ours before public ones.</summary>
/// <param name="Name">What messages call it.</param>
/// <param name="FileNames">File names in order of preference.</param>
public sealed record ModelRole(string Name, params string[] FileNames)
{
    internal const string DetectorKey = "detector";
    internal const string LandmarksKey = "landmarks";
    internal const string GazeKey = "gaze";
    internal const string GeneratorKey = "generator";

    /// <summary>What the lists of models call it. Where an option chooses the network, the option has the same name.</summary>
    public string Key { get; init; } = Name;

    /// <summary>Finds faces and five points of each. The dynamic YuNet comes before the fixed one because its cost falls with the input size.</summary>
    public static ModelRole FaceDetector { get; } =
        new("face detector", "detector.onnx", "yunet_n_dynamic.onnx", "face_detection_yunet_2023mar.onnx", "scrfd_500m_bnkps.onnx") { Key = DetectorKey };

    /// <summary>Measures the 478-point mesh with irises.</summary>
    public static ModelRole FaceMesh { get; } = new("face mesh", "landmarks.onnx", "mediapipe_face_landmarks_478.onnx") { Key = LandmarksKey };

    /// <summary>Tells people apart.</summary>
    public static ModelRole FaceIdentity { get; } = new("face identity network", "identity.onnx", "mobilefacenet_128.onnx") { Key = "identity" };

    /// <summary>Judges in <c>score</c> and <c>likeness</c> whom a face is like. Never a network of ours: a generator may have been trained with that.</summary>
    public static ModelRole IdentityReferee { get; } = new("identity referee", "mobilefacenet_128.onnx");

    /// <summary>Measures where eyes look. This project's own comes first: it needs half the time and finds the eyes of swapped faces too.</summary>
    public static ModelRole GazeEstimator { get; } = new("gaze estimator", "eyes.onnx", "gaze-estimation-adas-0002_fp32.onnx") { Key = GazeKey };

    /// <summary>Measures lids and iris of one eye.</summary>
    public static ModelRole EyeContour { get; } = new("eye contour network", "mediapipe_iris_landmark.onnx") { Key = "eye-contour" };

    /// <summary>Tells open eyes from shut ones.</summary>
    public static ModelRole EyeState { get; } = new("eye state classifier", "open-closed-eye-0001.onnx") { Key = "eye-state" };

    /// <summary>
    /// Makes another person's face from a few photos. Ours only: a public one is used where it is asked for by name, because most of their licences forbid some use.
    /// </summary>
    public static ModelRole FaceGenerator { get; } = new("face generator", "swap.onnx") { Key = GeneratorKey };

    /// <summary>The identity embedding of 512 numbers that public generators take: ArcFace ResNet-50 trained on WebFace600K, under the names it is published by.</summary>
    public static ModelRole SourceEmbedder { get; } = new("source embedder", "arcface_w600k_r50.onnx", "w600k_r50.onnx") { Key = "embedder" };

    /// <summary>Carries the source embedder's numbers over to what some public generators were trained on.</summary>
    public static ModelRole EmbeddingConverter { get; } =
        new("embedding converter", "crossface_simswap.onnx", "crossface_ghost.onnx", "crossface_hififace.onnx") { Key = "converter" };

    /// <summary>The network that the gaze losses of training look through. It never measures a report.</summary>
    public static ModelRole GazeLoss { get; } = new("gaze loss network", "gaze-loss.safetensors") { Key = "gaze-loss" };

    /// <summary>All roles.</summary>
    public static IReadOnlyList<ModelRole> All { get; } =
        [FaceDetector, FaceMesh, GazeEstimator, EyeContour, EyeState, FaceIdentity, FaceGenerator, SourceEmbedder, EmbeddingConverter, GazeLoss];

    /// <summary>The role of a key, or null.</summary>
    public static ModelRole? Find(string key) => All.FirstOrDefault(role => role.Key == key);
}
