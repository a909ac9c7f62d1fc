namespace VideoGaze.Stages.Align;

/// <summary>
/// How hard <see cref="LandmarkSmoother"/> smooths. The defaults were chosen on the first 150 frames of sample-videos/talk.mp4 against its true landmarks:
/// they take a sixth to a quarter off the jitter at eyes and nose (a third on a still face) and add under 3 ms of lag, a tenth of a frame.
/// Cutoffs half as high take off hardly more and make the mouth trail by 8 ms and more.
/// </summary>
/// <param name="RestCutoff">Cutoff of a point that does not move against the head, Hz: slower than this is expression, faster is noise of the network.</param>
/// <param name="CutoffPerSpeed">Hz added for each face size a second at which a point moves against the head; lips move at up to one.</param>
/// <param name="SpeedCutoff">Cutoff of the speed estimate, Hz.</param>
internal sealed record SmoothingOptions(double RestCutoff = 2, double CutoffPerSpeed = 60, double SpeedCutoff = 8);
