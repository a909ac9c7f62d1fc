using OpenCvSharp;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Overlay;
using VideoGaze.Stages.Pixels;
using VideoGaze.Stages.Report;

namespace VideoGaze.Stages.Tests.Overlay;

/// <summary>What is drawn into a frame, on grey frames that are made up.</summary>
public sealed class OverlayPainterTests
{
    private static readonly ColorSpec Color = new(YuvMatrix.Bt709, FullRange: false);
    private readonly PixelPool pool = new();

    [Theory]
    [InlineData(30, 0, 100, 0)]
    [InlineData(-30, 0, -100, 0)]
    [InlineData(0, 30, 0, -100)]
    [InlineData(0, -30, 0, 100)]
    [InlineData(90, 60, 100, -173.2)]
    public void An_arrow_is_as_long_as_the_sine_of_its_angle(double yaw, double pitch, double right, double down)
    {
        Point2d tip = OverlayPainter.Tip(new(300, 200), yaw, pitch, 200);

        Assert.Equal(300 + right, tip.X, 0.1);
        Assert.Equal(200 + down, tip.Y, 0.1);
    }

    [Theory]
    [InlineData(640, 360)]
    [InlineData(1920, 1080)]
    public void The_source_s_arrow_is_blue_and_the_output_s_orange_and_each_points_where_it_looks(int width, int height)
    {
        // Eyes of an upright face: 0.51 across and 0.335 down its box.
        double scale = height / 360.0;
        var eyes = new Point2d(200 * scale + (0.51 * 100 * scale), 100 * scale + (0.335 * 120 * scale));
        using PixelBuffer frame = Grey(width, height);
        Paint(frame, Face(source: (25, 0), output: (-25, 0), error: 50, scale));

        using Mat picture = Read(frame);
        foreach (double part in (double[])[0.4, 0.6])
        {
            Vec3b blue = At(picture, Along(eyes, OverlayPainter.Tip(eyes, 25, 0, 200 * scale), part));
            Vec3b orange = At(picture, Along(eyes, OverlayPainter.Tip(eyes, -25, 0, 200 * scale), part));
            Assert.True(blue.Item0 > blue.Item2 + 60, $"blue is {blue}");
            Assert.True(orange.Item2 > orange.Item0 + 60, $"orange is {orange}");
        }

        // Nothing points up.
        Vec3b above = At(picture, Along(eyes, OverlayPainter.Tip(eyes, 0, 25, 200 * scale), 0.6));
        Assert.InRange(Math.Abs(above.Item0 - above.Item2), 0, 12);
    }

    [Fact]
    public void Pixels_that_nothing_was_drawn_on_stay_bit_for_bit()
    {
        using PixelBuffer frame = Grey(640, 360);
        for (int y = 0; y < 360; y++)
        {
            Span<byte> row = frame.Row(y);
            for (int x = 0; x < row.Length; x++)
            {
                row[x] = (byte)(16 + ((x * 7) + (y * 13)) % 200);
            }
        }

        byte[] before = frame.Bytes.ToArray();
        Paint(frame, Face(source: (10, 5), output: (12, 5), error: 2));
        int changed = before.Zip(frame.Bytes.ToArray()).Count(pair => pair.First != pair.Second);

        Assert.InRange(changed, 500, before.Length / 25);
        Assert.Equal(before[..(640 * 60)], frame.Bytes[..(640 * 60)].ToArray());
    }

    [Fact]
    public void A_face_that_was_not_measured_is_marked_by_its_corners_and_has_no_arrow()
    {
        using PixelBuffer measured = Grey(640, 360), shut = Grey(640, 360);
        Paint(measured, Face(source: (0, 0), output: (0, 0), error: 0));
        Paint(shut, Face(null, null, null, skipped: GazeSkip.EyesClosed));
        using Mat with = Read(measured), without = Read(shut);

        // The middle of the upper left corner's arm, which lies on the border of two rows.
        Assert.InRange(At(without, new(208, 100)).Item1, 155, 255);
        Assert.InRange(At(with, new(208, 100)).Item1, 110, 140);
        Vec3b eyes = At(without, new(251, 140.2));
        Assert.InRange(Math.Abs(eyes.Item0 - eyes.Item2), 0, 12);
    }

    [Theory]
    [InlineData(2.345, null, 1, false, "2.3")]
    [InlineData(2.345, null, 2, true, "2: 2.3")]
    [InlineData(null, GazeSkip.EyesClosed, 1, false, "eyes shut")]
    [InlineData(null, GazeSkip.Profile, 1, false, "turned too far")]
    [InlineData(null, GazeSkip.LowConfidence, 1, false, "too uncertain")]
    [InlineData(null, GazeSkip.NoEyes, 1, false, "no eyes found")]
    [InlineData(null, GazeSkip.NoMatch, 3, true, "3: no counterpart")]
    public void A_label_says_the_error_or_why_there_is_none(double? error, GazeSkip? skipped, int track, bool several, string expected) =>
        Assert.Equal(expected, OverlayPainter.Label(new(track, [0, 0, 1, 1], null, null, null, error, skipped), several));

    [Theory]
    [InlineData(-80, -60, 100, 120)]
    [InlineData(-5000, -5000, 100, 120)]
    [InlineData(600, 340, 100, 120)]
    [InlineData(0, 0, 640, 360)]
    [InlineData(100, 100, 1, 1)]
    [InlineData(320, 180, 0, 0)]
    public void Faces_at_or_beyond_the_edge_are_drawn_as_far_as_they_reach(double x, double y, double width, double height)
    {
        using PixelBuffer frame = Grey(640, 360);
        FaceGazeRecord face = Face(source: (60, 40), output: (-60, -40), error: 99) with { Box = [x, y, width, height] };
        Paint(frame, face);
        Paint(frame, face with { Error = null, Skipped = GazeSkip.NoEyes, Source = null, Output = null });
    }

    [Theory]
    [InlineData(17, 9, PixelFormat.Yuv420P8)]
    [InlineData(2, 2, PixelFormat.Yuv420P8)]
    [InlineData(351, 203, PixelFormat.Yuv420P10)]
    public void Small_and_odd_frames_and_ten_bits_do_not_fail(int width, int height, PixelFormat format)
    {
        using PixelBuffer frame = pool.Rent(new(width, height, format));
        frame.Bytes.Fill(1);
        Paint(frame, Face(source: (10, 5), output: (12, 5), error: 2) with { Box = [0, 0, width, height] });
    }

    [Fact]
    public void Boxes_of_a_source_of_another_size_are_scaled()
    {
        using PixelBuffer small = Grey(640, 360), large = Grey(640, 360);
        FaceGazeRecord face = Face(source: (20, 0), output: (20, 0), error: 0);
        Paint(small, face);
        new OverlayPainter(Color, isTruth: false).Paint(large, Frame(face with { Box = [.. face.Box.Select(value => value * 3)] }), (1 / 3.0, 1 / 3.0));

        Assert.Equal(small.Bytes.ToArray(), large.Bytes.ToArray());
    }

    private static FaceGazeRecord Face((double Yaw, double Pitch)? source, (double Yaw, double Pitch)? output, double? error, double scale = 1, GazeSkip? skipped = null) =>
        new(1, [200 * scale, 100 * scale, 100 * scale, 120 * scale], new(0, 0, 0), Eyes(source), Eyes(output), error, skipped);

    private static EyesRecord Eyes((double Yaw, double Pitch)? gaze) => new(gaze?.Yaw, gaze?.Pitch, [0.3, 0.3], gaze is null, [0, 0], 0.9);

    private static FrameGazeRecord Frame(FaceGazeRecord face) => new(0, 0, "1/25", 0, [face]);

    private static void Paint(PixelBuffer frame, FaceGazeRecord face) => new OverlayPainter(Color, isTruth: false).Paint(frame, Frame(face), (1, 1));

    private static Point2d Along(Point2d from, Point2d to, double part) => new(from.X + (part * (to.X - from.X)), from.Y + (part * (to.Y - from.Y)));

    private static Vec3b At(Mat picture, Point2d place) => picture.At<Vec3b>((int)Math.Floor(place.Y), (int)Math.Floor(place.X));

    private static Mat Read(PixelBuffer frame)
    {
        var picture = new Mat(frame.Spec.Height, frame.Spec.Width, MatType.CV_8UC3);
        FramePixels.ReadBgr(frame, Color, new Rect(0, 0, frame.Spec.Width, frame.Spec.Height), picture);
        return picture;
    }

    private PixelBuffer Grey(int width, int height)
    {
        PixelBuffer frame = pool.Rent(new(width, height, PixelFormat.Yuv420P8));
        frame.Bytes.Fill(128);
        return frame;
    }
}
