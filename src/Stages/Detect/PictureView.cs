using OpenCvSharp;
using VideoGaze.Faces.Geometry;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Pixels;

namespace VideoGaze.Stages.Detect;

/// <summary>A picture that networks look at, whatever it is stored as: so that photos and video frames take the same path. Borrows its pixels.</summary>
internal abstract class PictureView
{
    /// <summary>Pixels.</summary>
    public abstract int Width { get; }

    /// <summary>Pixels.</summary>
    public abstract int Height { get; }

    /// <summary>A frame of video.</summary>
    public static PictureView Of(PixelBuffer frame, ColorSpec color) => new FrameView(frame, color);

    /// <summary>A photo: 8-bit BGR.</summary>
    public static PictureView Of(Mat bgr) => new PhotoView(bgr);

    /// <summary>Scales the whole picture to the size of a BGR Mat.</summary>
    public abstract void ScaleTo(Mat bgr);

    /// <summary>Cuts a transformed rectangle out; beyond the edge the border is repeated.</summary>
    public abstract void WarpTo(SimilarityTransform toCrop, PixelBuffer bgrCrop);

    private sealed class FrameView(PixelBuffer frame, ColorSpec color) : PictureView
    {
        public override int Width => frame.Spec.Width;

        public override int Height => frame.Spec.Height;

        public override void ScaleTo(Mat bgr) => FramePixels.ScaleToBgr(frame, color, bgr);

        public override void WarpTo(SimilarityTransform toCrop, PixelBuffer bgrCrop) => FramePixels.WarpToBgr(frame, color, toCrop, bgrCrop);
    }

    private sealed class PhotoView(Mat photo) : PictureView
    {
        public override int Width => photo.Width;

        public override int Height => photo.Height;

        public override void ScaleTo(Mat bgr) =>
            Cv2.Resize(photo, bgr, bgr.Size(), 0, 0, photo.Width > bgr.Width ? InterpolationFlags.Area : InterpolationFlags.Linear);

        public override void WarpTo(SimilarityTransform toCrop, PixelBuffer bgrCrop)
        {
            using Mat crop = Mat.FromPixelData(bgrCrop.Spec.Height, bgrCrop.Spec.Width, MatType.CV_8UC3, bgrCrop.PinnedArray);

            // Shrinking by more than two would alias: shrink by the whole factor with an area filter first.
            int factor = Math.Max(1, (int)Math.Floor(1 / toCrop.Scale));
            if (factor == 1)
            {
                Warp(photo, crop, toCrop);
                return;
            }

            using Mat shrunk = new();
            using Mat whole = photo[new Rect(0, 0, Math.Max(1, photo.Width / factor) * factor, Math.Max(1, photo.Height / factor) * factor) & new Rect(0, 0, photo.Width, photo.Height)];
            Cv2.Resize(whole, shrunk, new Size(Math.Max(1, photo.Width / factor), Math.Max(1, photo.Height / factor)), 0, 0, InterpolationFlags.Area);
            Warp(shrunk, crop, new SimilarityTransform(factor, 0, 0, 0).Then(toCrop));
        }

        private static void Warp(Mat source, Mat crop, SimilarityTransform toCrop)
        {
            // OpenCV puts pixel centres at integers: u + .5 = T(x + .5).
            double tx = toCrop.Tx + (0.5 * (toCrop.A - toCrop.B)) - 0.5;
            double ty = toCrop.Ty + (0.5 * (toCrop.A + toCrop.B)) - 0.5;
            using Mat matrix = Mat.FromPixelData(2, 3, MatType.CV_64FC1, new[] { toCrop.A, -toCrop.B, tx, toCrop.B, toCrop.A, ty });
            Cv2.WarpAffine(source, crop, matrix, crop.Size(), InterpolationFlags.Linear, BorderTypes.Replicate);
        }
    }
}
