using VideoGaze.Performers.Posing;
using VideoGaze.Performers.Raster;
using VideoGaze.Performers.Rendering;
using VideoGaze.Performers.Scenes;
using VideoGaze.Performers.Truth;

namespace VideoGaze.Performers.Directing;

/// <summary>Takes the pictures of a performance. Exposure and background are settled once; frames may be rendered in any order and on several threads, with the same bytes.</summary>
public sealed class ClipRenderer
{
    // How much noise a light so low that nothing is left of it adds, share of full scale: a phone's camera at night.
    private const float DarkNoise = 0.016f;
    private const int NoisePart = 50;

    private readonly Performance performance;
    private readonly PerformerRenderer renderer;
    private readonly LinearImage background;
    private readonly float exposure;

    /// <summary>Meters the light and paints the background: about a second.</summary>
    /// <param name="performance">What is played.</param>
    /// <param name="quality">What a picture may cost.</param>
    public ClipRenderer(Performance performance, RenderQuality quality)
        : this(performance, new PerformerRenderer(quality), null)
    {
    }

    private ClipRenderer(Performance performance, PerformerRenderer renderer, ClipRenderer? original)
    {
        ArgumentNullException.ThrowIfNull(performance);
        this.performance = performance;
        this.renderer = renderer;
        exposure = original?.exposure ?? Meter();
        background = original?.background ?? performance.Script.Scene.Backdrop.Paint(performance.Script.Width, performance.Script.Height, exposure);
    }

    /// <summary>The same place, light and exposure with a swapped cast.</summary>
    public ClipRenderer With(Performance swapped) => new(swapped, renderer, this);

    /// <summary>Renders a frame with its truth.</summary>
    /// <param name="frame">From 0.</param>
    public RenderedFrame Render(long frame)
    {
        Script script = performance.Script;
        PinholeCamera camera = script.Camera;
        List<TruthPerson> persons = [];
        List<(float Depth, RenderedLayer Layer)> layers = [];
        for (int role = 0; role < performance.Performers.Count; role++)
        {
            if (performance.MomentOf(role, frame) is not { } moment)
            {
                continue;
            }

            PosedPerformer posed = performance.Performers[role].Pose(moment.Pose);
            PerformerLabels labels = PerformerLabels.Of(posed, camera, moment.Target);
            persons.Add(new(labels, moment.Pattern));
            layers.Add((labels.HeadPosition.Z, renderer.Render(posed, script.Scene.Light, camera)));
        }

        double seconds = script.Rate.TimeOf(frame);
        float light = script.Light.At((float)seconds);
        CameraLook look = script.Scene.Look with { Exposure = exposure * light, Noise = script.Scene.Look.Noise + (DarkNoise * (1 - light)) };
        RenderedLayer[] farthestFirst = [.. layers.OrderByDescending(layer => layer.Depth).Select(layer => layer.Layer)];
        PixelImage picture = PictureComposer.Compose(farthestFirst, background, look, Seeds.Mix(script.Seed, NoisePart, (int)frame));
        return new(picture, new(frame, seconds, camera, persons));
    }

    // The mean over three moments and all faces, as a camera that is set once before the take.
    private float Meter()
    {
        long frames = performance.Script.Frames;
        List<float> exposures = [];
        foreach (long frame in (long[])[frames / 4, frames / 2, frames * 3 / 4])
        {
            for (int role = 0; role < performance.Performers.Count; role++)
            {
                if (performance.MomentOf(role, frame) is { } moment)
                {
                    exposures.Add(renderer.MeteredExposure(performance.Performers[role].Pose(moment.Pose.WithBlink(0)), performance.Script.Scene.Light));
                }
            }
        }

        return exposures.Count == 0 ? 1 : exposures.Average();
    }
}

/// <summary>A picture and what is true of it.</summary>
/// <param name="Picture">The picture.</param>
/// <param name="Truth">The truth.</param>
public sealed record RenderedFrame(PixelImage Picture, TruthFrame Truth);
