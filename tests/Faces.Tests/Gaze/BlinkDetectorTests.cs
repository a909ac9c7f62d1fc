using VideoGaze.Faces.Gaze;

namespace VideoGaze.Faces.Tests.Gaze;

public sealed class BlinkDetectorTests
{
    [Theory]
    [InlineData(0.20f)]
    [InlineData(0.30f)]
    [InlineData(0.42f)]
    public void A_blink_is_found_whatever_the_persons_open_eye_is(float open)
    {
        var detector = new BlinkDetector();
        var shut = new List<int>();
        for (int frame = 0; frame < 120; frame++)
        {
            // Three frames down, two shut, three up at frame 60.
            float lid = (frame - 60) switch { 0 or 7 => 0.75f, 1 or 6 => 0.5f, 2 or 5 => 0.25f, 3 or 4 => 0.08f, _ => 1 };
            float noise = 0.02f * MathF.Sin(frame * 2.4f);
            if (detector.Next(open * (lid + noise)))
            {
                shut.Add(frame);
            }
        }

        Assert.Equal([62, 63, 64, 65, 66], shut);
    }

    [Fact]
    public void Trembling_around_the_limit_gives_one_blink_not_many()
    {
        var detector = new BlinkDetector();
        for (int i = 0; i < 60; i++)
        {
            detector.Next(0.30f);
        }

        int changes = 0;
        bool before = false;
        for (int i = 0; i < 20; i++)
        {
            bool now = detector.Next(0.30f * (i % 2 == 0 ? 0.43f : 0.50f));
            changes += now != before ? 1 : 0;
            before = now;
        }

        Assert.Equal(1, changes);
    }

    [Fact]
    public void Looking_down_is_no_blink()
    {
        var detector = new BlinkDetector();
        for (int i = 0; i < 90; i++)
        {
            Assert.False(detector.Next(i is > 40 and < 70 ? 0.20f : 0.30f));
        }
    }

    [Fact]
    public void Eyes_that_stay_shut_for_long_are_still_shut()
    {
        var detector = new BlinkDetector();
        for (int i = 0; i < 60; i++)
        {
            detector.Next(0.30f);
        }

        for (int i = 0; i < 600; i++)
        {
            Assert.True(detector.Next(0.04f));
        }

        Assert.False(detector.Next(0.29f));
    }

    [Fact]
    public void A_value_that_is_no_number_changes_nothing()
    {
        var detector = new BlinkDetector();
        Assert.False(detector.Next(float.NaN));
        detector.Next(0.01f);
        Assert.True(detector.Next(float.NaN));
    }
}
