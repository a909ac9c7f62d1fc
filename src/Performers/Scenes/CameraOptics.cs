using OpenCvSharp;

namespace VideoGaze.Performers.Scenes;

/// <summary>Lens and shutter, in linear light: bright points must smear as light does.</summary>
internal static class CameraOptics
{
    /// <summary>Changes a picture (32FC3, linear) in place.</summary>
    public static void Apply(Mat picture, CameraLook look)
    {
        if (look.Defocus > 0.3f)
        {
            using Mat disc = Disc(look.Defocus);
            Cv2.Filter2D(picture, picture, -1, disc, borderType: BorderTypes.Reflect101);
        }

        if (look.MotionBlur.Length() > 0.5f)
        {
            using Mat streak = Streak(look.MotionBlur);
            Cv2.Filter2D(picture, picture, -1, streak, borderType: BorderTypes.Reflect101);
        }

        if (look.Softness > 0.1f)
        {
            Cv2.GaussianBlur(picture, picture, new Size(0, 0), look.Softness);
        }
    }

    /// <summary>A filled disc of sum 1 with a soft edge.</summary>
    public static Mat Disc(float radius)
    {
        int reach = (int)MathF.Ceiling(radius + 0.5f);
        return Normalised(reach, (x, y) => Math.Clamp(radius + 0.5f - MathF.Sqrt((x * x) + (y * y)), 0, 1));
    }

    private static Mat Streak(System.Numerics.Vector2 motion)
    {
        float half = motion.Length() / 2;
        System.Numerics.Vector2 along = motion / (2 * half);
        return Normalised((int)MathF.Ceiling(half) + 1, (x, y) =>
        {
            float forward = MathF.Abs((x * along.X) + (y * along.Y)), aside = MathF.Abs((x * along.Y) - (y * along.X));
            return Math.Clamp(half + 0.5f - forward, 0, 1) * Math.Clamp(1 - aside, 0, 1);
        });
    }

    private static Mat Normalised(int reach, Func<int, int, float> weight)
    {
        int side = (2 * reach) + 1;
        var kernel = new Mat(side, side, MatType.CV_32FC1);
        float sum = 0;
        for (int y = -reach; y <= reach; y++)
        {
            for (int x = -reach; x <= reach; x++)
            {
                float value = weight(x, y);
                kernel.Set(y + reach, x + reach, value);
                sum += value;
            }
        }

        kernel.ConvertTo(kernel, MatType.CV_32FC1, 1 / sum);
        return kernel;
    }
}
