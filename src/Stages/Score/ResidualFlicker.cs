namespace VideoGaze.Stages.Score;

/// <summary>
/// How much the difference between a video and the true swap changes from one frame to the next. Motion and light that both show cancel out, and so does a difference that
/// stays on the skin where it is; what is left is shimmer, pumping colours and edges that crawl. One instance a video, frames in order.
/// </summary>
/// <param name="region">Which pixels of a frontal face count.</param>
internal sealed class ResidualFlicker(IReadOnlyList<bool> region)
{
    private float[]? before;

    /// <summary>Takes the next frame's faces, both laid onto the frontal one.</summary>
    /// <param name="video">Luma 0..255 of the video.</param>
    /// <param name="truth">Luma 0..255 of the true swap.</param>
    /// <returns>Mean absolute change of the residual since the frame before, 0..255; null for the first frame and after <see cref="Interrupt"/>.</returns>
    public double? Next(float[] video, float[] truth)
    {
        float[]? last = before;
        before = new float[video.Length];
        double sum = 0;
        long count = 0;
        for (int i = 0; i < video.Length; i++)
        {
            before[i] = video[i] - truth[i];
            if (region[i])
            {
                sum += last is null ? 0 : Math.Abs(before[i] - last[i]);
                count++;
            }
        }

        return last is null || count == 0 ? null : sum / count;
    }

    /// <summary>Says that a frame is missing: what follows is not the next.</summary>
    public void Interrupt() => before = null;
}
