using System.Numerics;
using VideoGaze.Faces.Gaze;
using VideoGaze.Faces.Geometry;
using VideoGaze.Faces.Models;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Decode;
using VideoGaze.Stages.Gaze;
using VideoGaze.Stages.Measure;
using VideoGaze.Stages.Media;
using VideoGaze.Stages.Pixels;
using VideoGaze.TestSupport;

namespace VideoGaze.Stages.Tests.Gaze;

/// <summary>The gaze network that ships: needs nothing that was downloaded.</summary>
public sealed class EyesGazeEstimatorTests : IDisposable
{
    private static readonly string Shipped = Path.Combine(SharedAssets.RepositoryRoot, "models", "eyes.onnx");
    private readonly IEyeFindingEstimator estimator = (IEyeFindingEstimator)GazeEstimators.Open(Shipped);
    private readonly PixelPool pool = new();

    public void Dispose()
    {
        estimator.Dispose();
        Assert.Equal(0, pool.Leased);
    }

    [Fact]
    public void It_follows_drawn_eyes_and_answers_a_mirrored_face_with_the_mirrored_direction()
    {
        Assert.Equal("videogaze-eyes", estimator.Id);
        Assert.Equal(GazeRegion.Eyes, estimator.Region);
        using var face = new ReferenceFace();
        GazeEstimate right = estimator.Estimate(face.Draw(0.8f, 0.3f)), left = estimator.Estimate(face.Draw(-0.8f, 0.3f));
        GazeAngles up = estimator.Estimate(face.Draw(0, 0.8f)).Combined, down = estimator.Estimate(face.Draw(0, -0.8f)).Combined;
        Assert.True(right.Combined.YawDegrees - left.Combined.YawDegrees > 8, $"right {right.Combined.YawDegrees:0.0}, left {left.Combined.YawDegrees:0.0}");
        Assert.True(up.PitchDegrees - down.PitchDegrees > 4, $"up {up.PitchDegrees:0.0}, down {down.PitchDegrees:0.0}");

        // The drawing is symmetric to a 16th of a pixel; the eyes change their places in the mirror.
        Assert.Equal(right.Combined.YawDegrees, -left.Combined.YawDegrees, 0.5);
        Assert.Equal(right.Combined.PitchDegrees, left.Combined.PitchDegrees, 0.5);
        Assert.Equal(right.Left!.Value.YawDegrees, -left.Right!.Value.YawDegrees, 0.5);
    }

    [Fact]
    public async Task It_finds_eyes_that_are_not_where_they_are_looked_for_and_measures_their_gaze_all_the_same()
    {
        List<double> corners = [], irises = [], placed = [], misplaced = [];
        foreach ((PixelBuffer crop, EyePair truth, GazeView view, GazeAngles gaze) in await FacesAsync())
        {
            using (crop)
            {
                GazeEstimate known = estimator.Estimate(view);
                placed.Add(GazeAngles.AngularError(known.Combined, gaze) * 180 / Math.PI);

                // A fifth of an eye's width to the side and a tenth down, as swaps move eyes.
                Vector2 shift = new(0.2f * view.Eyes.Left.Width, 0.1f * view.Eyes.Left.Width);
                var moved = view with { Eyes = new(Moved(view.Eyes.Left, shift), Moved(view.Eyes.Right, shift)) };
                GazeEstimate found = estimator.Estimate(moved, out EyePair eyes);
                misplaced.Add(GazeAngles.AngularError(found.Combined, gaze) * 180 / Math.PI);
                foreach ((EyePoints measured, EyePoints wanted) in new[] { (eyes.Left, truth.Left), (eyes.Right, truth.Right) })
                {
                    corners.Add(Vector2.Distance(measured.Inner, wanted.Inner) / wanted.Width);
                    corners.Add(Vector2.Distance(measured.Outer, wanted.Outer) / wanted.Width);
                    irises.Add(Vector2.Distance(measured.Iris, wanted.Iris) / wanted.Width);
                }
            }
        }

        Assert.InRange(placed.Count, 12, 40);
        Assert.InRange(Median(corners), 0, 0.08);
        Assert.InRange(Median(irises), 0, 0.08);
        Assert.InRange(Median(misplaced), 0, Median(placed) + 1.5);
    }

    [Fact]
    public async Task Its_doubt_grows_with_the_error_of_a_blurred_face()
    {
        List<double> sharp = [], soft = [];
        foreach ((PixelBuffer crop, _, GazeView view, _) in await FacesAsync())
        {
            using (crop)
            {
                sharp.Add(estimator.Estimate(view).Confidence);
                using OpenCvSharp.Mat picture = OpenCvSharp.Mat.FromPixelData(crop.Spec.Height, crop.Spec.Width, OpenCvSharp.MatType.CV_8UC3, crop.PinnedArray);
                OpenCvSharp.Cv2.GaussianBlur(picture, picture, new OpenCvSharp.Size(0, 0), 6);
                soft.Add(estimator.Estimate(view).Confidence);
            }
        }

        Assert.InRange(Median(sharp), 0.5, 1);
        Assert.InRange(Median(soft), 0, Median(sharp) - 0.05);
    }

    [Fact]
    public void The_gaze_branch_needs_no_other_network_than_the_one_that_ships()
    {
        using var folder = new TemporaryFolder();
        File.Copy(Shipped, folder["eyes.onnx"]);
        using GazeStage stage = GazeStage.Open(new ModelStore(folder[string.Empty]), new GazeOptions());
        Assert.Equal("videogaze-eyes", stage.Setup.Estimator);
        Assert.Equal("gaze", Assert.Single(stage.Setup.Models).Role);
        Assert.Equal((OutputEyes.GazeNetwork, false), (stage.Setup.Options.OutputEyes, stage.Setup.Options.AverageMirror));
    }

    /// <summary>Open eyes of talk.mp4, seen where its truth has them: crop, true eyes, view and gaze relative to the line of sight.</summary>
    private async Task<List<(PixelBuffer Crop, EyePair Truth, GazeView View, GazeAngles Gaze)>> FacesAsync()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        FfmpegTools tools = FfmpegTools.Locate();
        string clip = SharedAssets.Sample("talk.mp4");
        MediaInfo media = await new MediaProbe(tools).ReadAsync(clip, token);
        IReadOnlyList<TruthFrame> frames = GazeTruth.Read(SharedAssets.Sample("talk.truth.ndjson"));
        var faces = new List<(PixelBuffer, EyePair, GazeView, GazeAngles)>();
        await foreach (VideoFrame frame in new VideoSource(media, pool, tools, new DecodeOptions()).ReadAsync(token))
        {
            using VideoFrame owned = frame;
            TruthFrame truth = frames[(int)frame.Stamp.Index];
            if (frame.Stamp.Index % 15 != 0 || truth.Persons is not [{ EyesOpen: true } person])
            {
                continue;
            }

            // The strip of the gaze branch, made from the truth's eyes instead of a mesh: an eye 34 px wide.
            var inFrame = new EyePair(Eye(person.Landmarks, person.Irises[0], 42, 45), Eye(person.Landmarks, person.Irises[1], 39, 36));
            double scale = 34 / inFrame.Left.Width;
            (double sine, double cosine) = Math.SinCos(-inFrame.Tilt);
            Vector2 middle = (inFrame.Left.Centre + inFrame.Right.Centre) / 2;
            PixelSpec spec = GazeCrop.SpecOf(GazeRegion.Eyes);
            double a = scale * cosine, b = scale * sine;
            var toCrop = new SimilarityTransform(a, b, (spec.Width / 2.0) - (a * middle.X) + (b * middle.Y), (spec.Height / 2.0) - (b * middle.X) - (a * middle.Y));
            PixelBuffer crop = pool.Rent(spec);
            FramePixels.WarpToBgr(frame.Pixels, media.Video.Color, toCrop, crop);
            EyePair eyes = inFrame.Transformed(toCrop);
            var ray = CameraRay.Through(middle, truth.Width, truth.Height, (float)truth.FocalRatio);
            faces.Add((crop, eyes, new GazeView(crop, eyes, default, FromCamera(person.Head, ray).Turned(toCrop.Rotation)), FromCamera(person.Gaze, ray, toCrop.Rotation)));
        }

        return faces;
    }

    private static EyePoints Eye(IReadOnlyList<Vector2> landmarks, Vector2 iris, int inner, int outer) => new(landmarks[inner], landmarks[outer], iris, 0.3f);

    private static EyePoints Moved(EyePoints eye, Vector2 by) => eye with { Inner = eye.Inner + by, Outer = eye.Outer + by, Iris = eye.Iris + by };

    /// <summary>The direction that <see cref="CameraRay.ToCamera"/> turns into a known one; it is nearly the shortest turn back, so a few steps find it.</summary>
    private static GazeAngles FromCamera(GazeAngles known, CameraRay ray, double rotation)
    {
        GazeAngles guess = known;
        for (int i = 0; i < 8; i++)
        {
            GazeAngles there = ray.ToCamera(guess, rotation);
            (float sine, float cosine) = MathF.SinCos((float)rotation);
            float yaw = known.Yaw - there.Yaw, pitch = known.Pitch - there.Pitch;

            // Yaw runs to the right and pitch up: a turn of the picture clockwise carries (yaw, pitch) along clockwise.
            guess = new(guess.Yaw + (cosine * yaw) - (sine * pitch), guess.Pitch + (sine * yaw) + (cosine * pitch));
        }

        return guess;
    }

    private static HeadPose FromCamera(HeadPose known, CameraRay ray)
    {
        HeadPose guess = known;
        for (int i = 0; i < 4; i++)
        {
            HeadPose there = guess.ToCamera(ray);
            guess = new(guess.Yaw + known.Yaw - there.Yaw, guess.Pitch + known.Pitch - there.Pitch, guess.Roll + known.Roll - there.Roll);
        }

        return guess;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
