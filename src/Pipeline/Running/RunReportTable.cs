using System.Globalization;
using System.Text;

namespace VideoGaze.Pipeline.Running;

/// <summary>Renders a <see cref="RunReport"/> as text, one line a step. Pure.</summary>
internal static class RunReportTable
{
    public static string Render(RunReport report)
    {
        int nameWidth = Math.Max(4, report.Steps.Max(step => step.Name.Length));
        StringBuilder text = new();
        text.Append("step".PadRight(nameWidth)).AppendLine("   frames   par    busy s   ms/frame   load %   wait s   queue mean/max");
        foreach (StepReport step in report.Steps)
        {
            double perFrame = step.ItemsOut > 0 ? step.Busy.TotalMilliseconds / step.ItemsOut : 0;
            double load = report.Wall > TimeSpan.Zero ? 100 * (step.Busy / report.Wall) / step.MaxParallel : 0;
            string queue = step.Kind == StepKind.Source ? "-" : string.Create(CultureInfo.InvariantCulture, $"{step.MeanQueue:F1}/{step.MaxQueue}");
            text.Append(step.Name.PadRight(nameWidth)).AppendLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{step.ItemsOut,9}{step.MaxParallel,6}{step.Busy.TotalSeconds,10:F2}{perFrame,11:F3}{load,9:F0}{step.Waited.TotalSeconds,9:F2}{queue,17}"));
        }

        string early = report.StoppedEarly ? ", stopped early" : string.Empty;
        text.AppendLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Frames} frames in {report.Wall.TotalSeconds:F2} s ({report.FramesPerSecond:F1} a second), commit {report.Commit.TotalSeconds:F2} s, CPU {report.ProcessorTime.TotalSeconds:F2} s{early}"));
        string engine = report.EngineShare is double share ? string.Create(CultureInfo.InvariantCulture, $"; engine about {100 * share:F2} % of CPU") : string.Empty;
        text.AppendLine(string.Create(
            CultureInfo.InvariantCulture,
            $"peak {report.PeakBuffers} pixel buffers, {report.PeakBufferBytes / 1048576.0:F1} MiB, leaked {report.LeakedBuffers}{engine}"));
        return text.ToString();
    }
}
