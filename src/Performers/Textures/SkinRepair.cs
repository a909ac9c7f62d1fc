using System.Numerics;
using OpenCvSharp;

namespace VideoGaze.Performers.Textures;

/// <summary>Removes what the resampling of the skins left behind: texels of the eye socket beside the lids, and thin lines where the source's islands met.</summary>
internal static class SkinRepair
{
    /// <summary>Repairs a face skin in place.</summary>
    /// <param name="picture">8UC3, BGR, square.</param>
    /// <param name="positions">Where its texels lie on the head, cm.</param>
    public static void Apply(Mat picture, Vector3[] positions)
    {
        int window = Odd(picture.Width * 31 / 1024);
        using var median = new Mat();
        Cv2.MedianBlur(picture, median, window);
        InpaintSockets(picture, median, positions);
        BlendSeams(picture, median, positions);
    }

    // Pink or grey texels around the eyes that differ in red minus green from their surroundings, but for the lids themselves.
    private static void InpaintSockets(Mat picture, Mat median, Vector3[] positions)
    {
        const int StrayRedness = 22;
        picture.GetArray(out Vec3b[] pixels);
        median.GetArray(out Vec3b[] around);
        var stray = new byte[pixels.Length];
        for (int i = 0; i < stray.Length; i++)
        {
            Vector3 at = positions[i];
            float side = MathF.Abs(at.X) - 3.15f;
            bool isNearEye = new Vector3(side, at.Y - 3.4f, at.Z - 9).LengthSquared() < 9;
            bool isLid = (side / 1.45f * (side / 1.45f)) + ((at.Y - 3.5f) / 0.8f * ((at.Y - 3.5f) / 0.8f)) < 1;
            int redness = pixels[i].Item2 - pixels[i].Item1 - around[i].Item2 + around[i].Item1;
            stray[i] = isNearEye && !isLid && Math.Abs(redness) > StrayRedness ? (byte)255 : (byte)0;
        }

        using Mat mask = Mat.FromPixelData(picture.Rows, picture.Cols, MatType.CV_8UC1, stray);
        using Mat kernel = Cv2.GetStructuringElement(MorphShapes.Rect, new Size(5, 5));
        Cv2.Dilate(mask, mask, kernel);
        using Mat source = picture.Clone();
        Cv2.Inpaint(source, mask, picture, 4, InpaintTypes.Telea);
    }

    // On cheeks, jaw and forehead, where skin has no fine features, what differs from the median by more than pores do goes over to it.
    private static void BlendSeams(Mat picture, Mat median, Vector3[] positions)
    {
        using var difference = new Mat();
        using var fine = new Mat();
        Cv2.GaussianBlur(picture, fine, new Size(0, 0), 1.2 * picture.Width / 1024);
        Cv2.Absdiff(fine, median, difference);
        difference.GetArray(out Vec3b[] differences);
        var blend = new float[differences.Length];
        for (int i = 0; i < blend.Length; i++)
        {
            float contrast = (differences[i].Item0 + differences[i].Item1 + differences[i].Item2) / 3f;
            blend[i] = Plainness(positions[i]) * Assets.HeadMesh.SmoothStep(4, 10, contrast);
        }

        using Mat weights = Mat.FromPixelData(picture.Rows, picture.Cols, MatType.CV_32FC1, blend);
        using Mat kernel = Cv2.GetStructuringElement(MorphShapes.Ellipse, new Size(5, 5));
        Cv2.Dilate(weights, weights, kernel);
        Cv2.GaussianBlur(weights, weights, new Size(0, 0), 3.0 * picture.Width / 1024);
        weights.GetArray(out float[] smooth);
        picture.GetArray(out Vec3b[] pixels);
        median.GetArray(out Vec3b[] around);
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = new(Mix(pixels[i].Item0, around[i].Item0, smooth[i]), Mix(pixels[i].Item1, around[i].Item1, smooth[i]), Mix(pixels[i].Item2, around[i].Item2, smooth[i]));
        }

        picture.SetArray(pixels);

        static byte Mix(byte a, byte b, float share) => (byte)(a + ((b - a) * share) + 0.5f);
    }

    // 1 on plain skin, 0 about eyes, nose, mouth and ears; distances in cm on the neutral head.
    private static float Plainness(Vector3 at)
    {
        float x = MathF.Abs(at.X);
        float eye = Outside((x - 3.1f) / 2.6f, (at.Y - 4.1f) / 2.3f);
        float nose = Outside(x / 2.5f, (at.Y - 1.2f) / 3.2f);
        float mouth = Outside(x / 3.7f, (at.Y + 3.4f) / 1.9f);
        float ear = at.Z < 1.5f ? 0 : 1;
        return eye * nose * mouth * ear;

        static float Outside(float u, float v) => Assets.HeadMesh.SmoothStep(0.85f, 1.15f, (u * u) + (v * v));
    }

    private static int Odd(int value) => Math.Max(3, value | 1);
}
