using OpenCvSharp;

namespace VideoGaze.Training.Data;

/// <summary>
/// Makes one picture of two such as no camera takes: lying, upside down, in wrong colours, seen through each other. The few clips and people at hand then show many more
/// things that are no faces, or hardly. Only a teacher who is asked afterwards can tell what is left on it.
/// </summary>
internal static class StrangePicture
{
    /// <summary>Changes an 8-bit BGR picture in place.</summary>
    /// <param name="picture">Square.</param>
    /// <param name="other">Of the same size; may show through.</param>
    /// <param name="random">Draws what is done.</param>
    public static void Make(Mat picture, Mat other, Random random)
    {
        switch (random.Next(4))
        {
            case 0:
                Cv2.Rotate(picture, picture, (RotateFlags)random.Next(3));
                break;
            case 1:
                // Halves of the two seen through each other weigh the same; mostly one prevails.
                double share = 0.15 + (0.35 * random.NextDouble());
                Cv2.AddWeighted(picture, 1 - share, other, share, 0, picture);
                break;
            case 2:
                WrongColours(picture, random);
                break;
            default:
                // A part of the other one, at any place.
                var part = new Rect(0, 0, Span(picture.Cols, random), Span(picture.Rows, random));
                var place = new Rect(random.Next(picture.Cols - part.Width + 1), random.Next(picture.Rows - part.Height + 1), part.Width, part.Height);
                using (Mat from = other[place], to = picture[place])
                {
                    from.CopyTo(to);
                }

                break;
        }
    }

    private static int Span(int whole, Random random) => (int)(whole * (0.1 + (0.5 * random.NextDouble())));

    /// <summary>Each channel moves on by one or two places; some turn negative.</summary>
    private static void WrongColours(Mat picture, Random random)
    {
        Mat[] channels = Cv2.Split(picture);
        int first = 1 + random.Next(2);
        foreach (Mat channel in channels.Where(_ => random.Next(3) == 0))
        {
            Cv2.BitwiseNot(channel, channel);
        }

        Cv2.Merge([channels[first], channels[(first + 1) % 3], channels[(first + 2) % 3]], picture);
        foreach (Mat channel in channels)
        {
            channel.Dispose();
        }
    }
}
