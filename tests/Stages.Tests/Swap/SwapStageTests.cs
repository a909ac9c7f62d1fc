using System.Numerics;
using VideoGaze.Faces.Geometry;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Items;
using VideoGaze.Stages.Report;
using VideoGaze.Stages.Swap;

namespace VideoGaze.Stages.Tests.Swap;

public sealed class SwapStageTests
{
    private readonly PixelPool pool = new();

    [Fact]
    public async Task Every_face_of_a_frame_is_swapped_in_order()
    {
        using var swapper = new Inverter();
        var stage = new SwapStage(swapper, pool, parallel: 3);
        Assert.Equal(3, stage.Concurrency.MaxParallel);
        FrameWith<SwappedFace> swapped = await stage.ProcessAsync(Item(10, 20), TestContext.Current.CancellationToken);
        Assert.Equal([245, 235], swapped.Faces.Select(face => (int)face.Face.Bytes[0]));
        Assert.Equal([1, 2], swapped.Faces.Select(face => face.Aligned.Track.TrackId));
        Assert.All(swapped.Faces, face => Assert.Equal(255, face.Mask!.Bytes[0]));
        swapped.Dispose();
        Assert.Equal(0, pool.Leased);
    }

    [Fact]
    public async Task A_frame_without_faces_passes()
    {
        using var swapper = new Inverter();
        FrameWith<SwappedFace> swapped = await new SwapStage(swapper, pool).ProcessAsync(Item(), TestContext.Current.CancellationToken);
        Assert.Empty(swapped.Faces);
        swapped.Dispose();
        Assert.Equal(0, pool.Leased);
    }

    [Fact]
    public async Task A_failing_generator_leaves_nothing_rented_once_the_item_is_disposed()
    {
        using var swapper = new Inverter { FailOn = 20 };
        FrameWith<AlignedFace> item = Item(10, 20, 30);
        await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await new SwapStage(swapper, pool).ProcessAsync(item, TestContext.Current.CancellationToken));
        item.Dispose();
        Assert.Equal(0, pool.Leased);
    }

    private FrameWith<AlignedFace> Item(params byte[] values)
    {
        PixelBuffer frame = pool.Rent(new PixelSpec(16, 16, PixelFormat.Yuv420P8));
        var faces = new List<AlignedFace>();
        foreach (byte value in values)
        {
            PixelBuffer crop = pool.Rent(new PixelSpec(8, 8, PixelFormat.Bgr24));
            crop.Bytes.Fill(value);
            var mesh = new FaceMesh(new Vector3[FaceMesh.PointCount], 1);
            var detected = new DetectedFace(new FaceBox(0, 0, 8, 8), new Vector2[5], 1);
            faces.Add(new AlignedFace(new TrackedFace(faces.Count + 1, detected, true), mesh, mesh, SimilarityTransform.Identity, crop));
        }

        return new(new VideoFrame(new FrameStamp(0, 0, new Rational(1, 30)), frame), faces);
    }

    /// <summary>Turns a picture into its negative.</summary>
    private sealed class Inverter : IFaceSwapper
    {
        public int FailOn { get; init; } = -1;

        public AlignmentTemplate Template => AlignmentTemplate.DflWholeFace;

        public int CropSize => 8;

        public int FaceSize => 8;

        public bool KeepsEyes => false;

        public System.Numerics.Vector3? Irises => null;

        public ModelRecord Model { get; } = new("face generator", "inverter", "");

        public string Provider => "cpu";

        public void Swap(PixelBuffer crop, FaceMesh mesh, PixelBuffer face, PixelBuffer mask)
        {
            if (crop.Bytes[0] == FailOn)
            {
                throw new InvalidOperationException("stand-in failure");
            }

            for (int i = 0; i < crop.Bytes.Length; i++)
            {
                face.Bytes[i] = (byte)(255 - crop.Bytes[i]);
            }

            mask.Bytes.Fill(255);
        }

        public void Dispose()
        {
        }
    }
}
