using VideoGaze.Faces.Gaze;
using VideoGaze.Stages.Gaze;

namespace VideoGaze.Stages.Tests.Gaze;

public sealed class MirrorMemoryTests
{
    private static readonly GazeAngles Rest = GazeAngles.FromDegrees(10, 4);
    private static readonly GazeAngles Average = GazeAngles.FromDegrees(7, 5);

    [Fact]
    public void A_look_at_the_mirrored_picture_serves_its_span_of_frames()
    {
        var memory = new MirrorMemory(span: 3);
        Assert.Null(memory.Next(Rest));
        memory.Keep(Rest, Average, 0.6f);
        for (int frame = 1; frame < 3; frame++)
        {
            (GazeAngles gaze, float confidence) = memory.Next(GazeAngles.FromDegrees(10.5, 4))!.Value;
            Assert.Equal(7.5, gaze.YawDegrees, 1e-3);
            Assert.Equal(5, gaze.PitchDegrees, 1e-3);
            Assert.Equal(0.6f, confidence);
        }

        Assert.Null(memory.Next(Rest));
    }

    [Fact]
    public void A_span_of_one_looks_at_every_frame()
    {
        var memory = new MirrorMemory(span: 1);
        memory.Keep(Rest, Average, 0.6f);
        Assert.Null(memory.Next(Rest));
    }

    [Fact]
    public void A_gaze_that_moves_is_looked_at_twice_at_once()
    {
        var memory = new MirrorMemory(span: 3);
        memory.Keep(Rest, Average, 0.6f);
        Assert.Null(memory.Next(GazeAngles.FromDegrees(13.5, 4)));
    }

    [Fact]
    public void A_face_that_shut_its_eyes_is_looked_at_twice_when_it_opens_them()
    {
        var memory = new MirrorMemory(span: 3);
        memory.Keep(Rest, Average, 0.6f);
        memory.Forget();
        Assert.Null(memory.Next(Rest));
    }
}
