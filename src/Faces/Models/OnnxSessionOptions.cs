namespace VideoGaze.Faces.Models;

/// <summary>How a network is run.</summary>
/// <param name="Device">Where it runs.</param>
/// <param name="Threads">Threads inside one call, at least 1. One is best inside a pipeline whose stages run beside each other.</param>
public sealed record OnnxSessionOptions(InferenceDevice Device = InferenceDevice.Auto, int Threads = 1);
