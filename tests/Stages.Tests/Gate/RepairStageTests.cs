using VideoGaze.Faces.Models;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Blend;
using VideoGaze.Stages.Gate;
using VideoGaze.Stages.Gaze;
using VideoGaze.Stages.Items;
using VideoGaze.Stages.Measure;
using VideoGaze.Stages.Pixels;
using VideoGaze.Stages.Report;
using VideoGaze.Stages.Tests.Gaze;
using VideoGaze.TestSupport;

namespace VideoGaze.Stages.Tests.Gate;

/// <summary>A face of the sample clip gets the eyes of ten frames later, when it looks 19 degrees elsewhere; the shipped network finds that and the stage repairs it.</summary>
public sealed class RepairStageTests
{
    private const double Limit = 4;
    private const int At = 80;
    private const int Elsewhere = 90;

    [Fact]
    public async Task A_gaze_beyond_the_limit_is_repaired_and_for_a_moment_after()
    {
        await using Scene scene = await Scene.ReadAsync();
        using GazeStage gaze = Open();
        using BlendStage blend = Blend(scene, gaze);
        var repair = new RepairStage(gaze, new(Limit, GateAction.Fallback), scene.Color);
        FaceGazeRecord sound = await Face(scene, blend, repair, 0, scene.Own);
        FaceGazeRecord wrong = await Face(scene, blend, repair, 1, scene.Other);
        FaceGazeRecord held = await Face(scene, blend, repair, 4, scene.Own);
        FaceGazeRecord later = await Face(scene, blend, repair, 12, scene.Own);

        Assert.Null(sound.Gate);
        Assert.True(sound.Error < Limit, $"{sound.Error}");
        Assert.Equal(GateState.Repaired, wrong.Gate!.State);
        Assert.True(wrong.Gate.Before > 2 * Limit, $"{wrong.Gate.Before}");
        Assert.True(wrong.Error < Limit, $"{wrong.Error} after {wrong.Gate.Before}");
        Assert.Equal(GateState.Repaired, held.Gate!.State);
        Assert.True(held.Gate.Before < Limit, $"{held.Gate.Before}");
        Assert.Null(later.Gate);
        Assert.Equal(scene.Leased, scene.Pool.Leased);
    }

    [Fact]
    public async Task The_parallel_branch_and_the_stage_before_the_encoder_say_the_same()
    {
        await using Scene scene = await Scene.ReadAsync();
        using GazeStage beside = Open();
        using BlendStage blend = Blend(scene, beside);
        FrameWith<BlendedFace> item = await blend.ProcessAsync(scene.Swapped(0, scene.Other), TestContext.Current.CancellationToken);
        FrameGazeRecord branch = await beside.ProcessAsync(new GazeJob(item.Frame.Stamp, item.Faces), TestContext.Current.CancellationToken);
        item.Dispose();

        using GazeStage before = Open();
        FaceGazeRecord repaired = await Face(scene, blend, new RepairStage(before, new(Limit, GateAction.Fallback), scene.Color), 0, scene.Other);
        Assert.Equal(branch.Faces[0].Error, repaired.Gate!.Before);
        Assert.Equal(branch.Faces[0].Source!.Yaw, repaired.Source!.Yaw);
        Assert.Equal(scene.Leased, scene.Pool.Leased);
    }

    [Fact]
    public async Task Nothing_stays_rented_after_a_failure()
    {
        await using Scene scene = await Scene.ReadAsync();
        using GazeStage gaze = Open();
        using BlendStage blend = Blend(scene, gaze);
        var repair = new RepairStage(gaze, new(0, GateAction.Fallback), scene.Color);
        FrameWith<BlendedFace> item = await blend.ProcessAsync(scene.Swapped(0, scene.Other), TestContext.Current.CancellationToken);
        item.Faces[0].Original!.Pixels.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await repair.ProcessAsync(item, TestContext.Current.CancellationToken));
        item.Dispose();

        item = await blend.ProcessAsync(scene.Swapped(1, scene.Other), TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<OperationCanceledException>(async () => await repair.ProcessAsync(item, new CancellationToken(canceled: true)));
        item.Dispose();
        Assert.Equal(scene.Leased, scene.Pool.Leased);
    }

    private static GazeStage Open() => GazeStage.Open(
        new ModelStore(SharedAssets.Require("models")), new GazeOptions(), Path.Combine(SharedAssets.RepositoryRoot, "models", "eyes.onnx"));

    private static BlendStage Blend(Scene scene, GazeStage gaze) => new(scene.Pool, scene.Color, gaze: gaze.Region, keepEyes: true);

    private static async Task<FaceGazeRecord> Face(Scene scene, BlendStage blend, RepairStage repair, int frame, PixelBuffer face)
    {
        FrameWith<BlendedFace> item = await blend.ProcessAsync(scene.Swapped(frame, face), TestContext.Current.CancellationToken);
        using GatedFrame gated = await repair.ProcessAsync(item, TestContext.Current.CancellationToken);
        Assert.Equal(frame, gated.Record.Frame);
        return Assert.Single(gated.Record.Faces);
    }

    /// <summary>One frame of the clip over and over, with its own face or with that of another frame laid on.</summary>
    private sealed class Scene(RenderedClip clip) : IAsyncDisposable
    {
        private readonly List<IDisposable> owned = [clip];
        private PixelBuffer? frame;
        private SightedFace? face;

        public PixelPool Pool => clip.Pool;

        public ColorSpec Color { get; private set; }

        /// <summary>Buffers that the scene itself holds.</summary>
        public int Leased { get; private set; }

        public PixelBuffer Own { get; private set; } = null!;

        public PixelBuffer Other { get; private set; } = null!;

        public static async Task<Scene> ReadAsync()
        {
            var scene = new Scene(new RenderedClip());
            await foreach ((VideoFrame read, ColorSpec color, TruthFrame truth) in scene.Clip.ReadAsync(SharedAssets.Sample("talk.mp4"), Elsewhere + 1, 10, TestContext.Current.CancellationToken))
            {
                if (read.Stamp.Index is not (At or Elsewhere))
                {
                    continue;
                }

                SightedFrame sighted = scene.Clip.Sight(read, color, truth);
                scene.owned.Add(sighted);
                scene.Color = color;
                if (read.Stamp.Index == At)
                {
                    scene.frame = scene.Copy(read.Pixels);
                    scene.face = sighted.Faces[0];
                    scene.Own = sighted.Faces[0].Crop;
                }
                else
                {
                    scene.Other = sighted.Faces[0].Crop;
                }
            }

            scene.Leased = scene.Pool.Leased;
            return scene;
        }

        /// <summary>The frame with a face laid over its own: both crops put their face in the same place.</summary>
        public FrameWith<SwappedFace> Swapped(int index, PixelBuffer made)
        {
            PixelBuffer crop = Given(Own), laid = Given(made);
            PixelBuffer mask = Pool.Rent(new PixelSpec(laid.Spec.Width, laid.Spec.Height, PixelFormat.Gray8));
            mask.Bytes.Fill(255);
            var aligned = new AlignedFace(face!.Track, face.Mesh, face.Mesh, face.ToCrop, crop);
            return new(new VideoFrame(new FrameStamp(index, index, new Rational(1, 30)), Given(frame!)), [new SwappedFace(aligned, laid, mask)]);
        }

        public ValueTask DisposeAsync()
        {
            owned.Reverse();
            owned.ForEach(one => one.Dispose());
            return ValueTask.CompletedTask;
        }

        private RenderedClip Clip => clip;

        private PixelBuffer Copy(PixelBuffer from)
        {
            PixelBuffer copy = Given(from);
            owned.Add(copy);
            return copy;
        }

        private PixelBuffer Given(PixelBuffer from)
        {
            PixelBuffer copy = Pool.Rent(from.Spec);
            from.Bytes.CopyTo(copy.Bytes);
            return copy;
        }
    }
}
