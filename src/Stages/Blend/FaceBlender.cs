using System.Numerics;
using OpenCvSharp;
using VideoGaze.Faces.Gaze;
using VideoGaze.Faces.Geometry;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Items;
using VideoGaze.Stages.Pixels;

namespace VideoGaze.Stages.Blend;

/// <summary>Lays one new face into a frame, touching the rectangle of its mask only.</summary>
internal static class FaceBlender
{
    // Unsharp radius in generator pixels, and the most of it before halos show.
    private const double DetailSigma = 0.8;
    private const double MostUnsharp = 0.8;

    // What enlarging a crop takes away, given back in advance. Found with the true swap of talk.mp4 cut to 128 px and laid back: SSIM 0.899 without,
    // 0.908 with 0.6, and 1.0 gains no more while the mean difference grows again.
    private const double LostInEnlarging = 0.6;

    // Grain below a code is not seen, and laying it over would only roughen the face.
    private const double LeastGrain = 0.75;
    private const double FullGrain = 2;

    // Below this alpha in 8 bits nothing is seen, and the rectangle would grow by the feather's tail.
    private const int LeastAlpha = 1;

    /// <summary>Blends, and returns how much of the new face is shown: 1 all of it, 0 the original (a profile, or nothing inside the frame).</summary>
    public static double Blend(PixelBuffer frame, ColorSpec color, SwappedFace swapped, BlendOptions options, TrackMemory memory)
    {
        AlignedFace aligned = swapped.Aligned;
        double opacity = memory.FollowOpacity(ProfileFade.Opacity(HeadPose.FromMesh(aligned.SmoothMesh).YawDegrees, options));

        double maskScale = BlendMask.Side / (double)aligned.Crop.Spec.Width;
        SimilarityTransform toMask = aligned.ToCrop.Then(new SimilarityTransform(maskScale, 0, 0, 0));
        FaceMesh mesh = aligned.SmoothMesh.Transformed(toMask);
        using var alpha = new Mat(BlendMask.Side, BlendMask.Side, MatType.CV_8UC1);
        MakeAlpha(swapped.Mask, mesh, options, memory, alpha);

        using Mat face = MatchedFace(swapped, mesh, alpha, options, memory);
        if (opacity > 0)
        {
            LayIn(frame, color, face, alpha, opacity, toMask, options, memory);
        }

        memory.Settle();
        return opacity;
    }

    private static void MakeAlpha(PixelBuffer? learned, FaceMesh mesh, BlendOptions options, TrackMemory memory, Mat alpha)
    {
        double width = BlendMask.FaceWidth(mesh);
        using var hull = new Mat(BlendMask.Side, BlendMask.Side, MatType.CV_8UC1);
        BlendMask.DrawHull(mesh, hull);
        if (learned is null)
        {
            BlendMask.Feather(hull, options.Erode * width, options.Feather * width, alpha);
            return;
        }

        using Mat view = PlaneView.Of(learned);
        using var resized = new Mat();
        Cv2.Resize(view, resized, hull.Size(), 0, 0, InterpolationFlags.Linear);
        memory.FollowMask(resized);
        BlendMask.Feather(hull, resized, width, options, alpha);
    }

    /// <summary>The generator's face with the colours and the sharpness of the crop it was made from.</summary>
    private static Mat MatchedFace(SwappedFace swapped, FaceMesh mesh, Mat alpha, BlendOptions options, TrackMemory memory)
    {
        using Mat made = PlaneView.Of(swapped.Face);
        Mat face = made.Clone();
        if (options.ColorTransfer == ColorTransfer.None && !options.MatchSharpness)
        {
            return face;
        }

        using Mat target = PlaneView.Of(swapped.Aligned.Crop);
        using var lab = new Mat();
        using var targetLab = new Mat();
        LabMoments.ToLab(face, lab);
        LabMoments.ToLab(target, targetLab);
        using var skin = new Mat();
        BlendMask.Skin(mesh, alpha, skin);
        using Mat faceSkin = Resized(skin, lab.Size());
        using Mat targetSkin = Resized(skin, targetLab.Size());

        // With hardly any skin to compare (a face almost outside the frame or the mask) the last map stays.
        if (options.ColorTransfer == ColorTransfer.Reinhard && Cv2.CountNonZero(targetSkin) > targetSkin.Width)
        {
            memory.Follow(ColorMap.Between(LabMoments.Of(lab, faceSkin), LabMoments.Of(targetLab, targetSkin))).Apply(lab);
        }

        if (options.MatchSharpness)
        {
            using Mat core = Resized(alpha, lab.Size());
            using Mat targetCore = Resized(alpha, targetLab.Size());
            using var own = new Mat();
            using var wanted = new Mat();
            Cv2.ExtractChannel(lab, own, 0);
            Cv2.ExtractChannel(targetLab, wanted, 0);
            double targetSigma = DetailSigma * target.Width / face.Width;
            double amount = memory.FollowSharpness(
                Detail.Amount(own, core, DetailSigma, Detail.Energy(wanted, targetCore, targetSigma), MostUnsharp));

            // The face in the frame over the face in its own pixels: only an enlarged face is softened by it.
            double enlarging = (target.Width / (swapped.Aligned.ToCrop.Scale * face.Width)) - 1;
            Detail.Unsharp(lab, DetailSigma, amount + (LostInEnlarging * Math.Clamp(enlarging, 0, 1)));
        }

        Cv2.CvtColor(lab, lab, ColorConversionCodes.Lab2BGR);
        lab.ConvertTo(face, MatType.CV_8UC3, 255);
        return face;
    }

    private static void LayIn(
        PixelBuffer frame,
        ColorSpec color,
        Mat face,
        Mat alpha,
        double opacity,
        SimilarityTransform toMask,
        BlendOptions options,
        TrackMemory memory)
    {
        SimilarityTransform toFrame = toMask.Inverse();
        if (MaskedRegion(alpha, toFrame, frame.Spec) is not { } region)
        {
            return;
        }

        SimilarityTransform toRegion = toFrame.Then(new SimilarityTransform(1, 0, -region.X, -region.Y));
        using var regionAlpha = new Mat(region.Height, region.Width, MatType.CV_8UC1);
        CropWarp.Warp(alpha, toRegion, regionAlpha, InterpolationFlags.Linear, BorderTypes.Constant);

        double faceScale = BlendMask.Side / (double)face.Width;
        using var regionFace = new Mat(region.Height, region.Width, MatType.CV_8UC3);
        CropWarp.Shrink(face, new SimilarityTransform(faceScale, 0, 0, 0).Then(toRegion), regionFace);

        if (options.MatchSharpness)
        {
            using var original = new Mat(region.Height, region.Width, MatType.CV_8UC3);
            FramePixels.ReadBgr(frame, color, region, original);
            using var luma = new Mat();
            Cv2.CvtColor(original, luma, ColorConversionCodes.BGR2GRAY);
            double noise = memory.FollowNoise(Detail.Noise(luma, regionAlpha));
            Detail.AddGrain(original, noise, Math.Clamp((noise - LeastGrain) / (FullGrain - LeastGrain), 0, 1), regionFace);
        }

        if (opacity < 1)
        {
            regionAlpha.ConvertTo(regionAlpha, MatType.CV_8UC1, opacity);
        }

        FramePixels.WriteBgr(frame, color, region, regionFace, regionAlpha);
    }

    /// <summary>The frame's rectangle that the alpha covers, or null where none of it is inside the frame.</summary>
    private static Rect? MaskedRegion(Mat alpha, SimilarityTransform toFrame, PixelSpec frame)
    {
        using var used = new Mat();
        Cv2.Threshold(alpha, used, LeastAlpha - 1, 255, ThresholdTypes.Binary);
        Rect inMask = Cv2.BoundingRect(used);
        if (inMask.Width == 0 || inMask.Height == 0)
        {
            return null;
        }

        // One mask pixel around, for the interpolation between the last pixel of alpha and the first without.
        ReadOnlySpan<Vector2> corners =
        [
            toFrame.Apply(new(inMask.Left - 1, inMask.Top - 1)),
            toFrame.Apply(new(inMask.Right + 1, inMask.Top - 1)),
            toFrame.Apply(new(inMask.Left - 1, inMask.Bottom + 1)),
            toFrame.Apply(new(inMask.Right + 1, inMask.Bottom + 1)),
        ];
        FaceBox bounds = Polygon.Bounds(corners);
        int left = (int)Math.Clamp(Math.Floor(bounds.X), 0, frame.Width);
        int top = (int)Math.Clamp(Math.Floor(bounds.Y), 0, frame.Height);
        int right = (int)Math.Clamp(Math.Ceiling((double)bounds.X + bounds.Width), 0, frame.Width);
        int bottom = (int)Math.Clamp(Math.Ceiling((double)bounds.Y + bounds.Height), 0, frame.Height);
        return right > left && bottom > top ? new Rect(left, top, right - left, bottom - top) : null;
    }

    private static Mat Resized(Mat mask, Size size)
    {
        var resized = new Mat();
        Cv2.Resize(mask, resized, size, 0, 0, InterpolationFlags.Area);
        Cv2.Threshold(resized, resized, 127, 255, ThresholdTypes.Binary);
        return resized;
    }
}
