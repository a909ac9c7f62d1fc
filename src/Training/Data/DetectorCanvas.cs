using System.Numerics;
using OpenCvSharp;
using VideoGaze.Faces.Geometry;

namespace VideoGaze.Training.Data;

/// <summary>
/// Composes one training picture of the detector: tiles with a face each, or a real frame cut and scaled at random, or rendered people pasted over what is no face, at sizes from
/// a dozen pixels to most of the picture. Owns the picture.
/// </summary>
internal sealed class DetectorCanvas : IDisposable
{
    // Share of tiled pictures: a step costs by its pixels and teaches by its faces, and these hold five times as many. The others show faces with much around them.
    private const double TiledShare = 0.5;

    // Of the others, and of tiles: real faces are few but the only ones that look like what will be seen; the rest is rendered.
    private const double RealShare = 0.5, EmptyShare = 0.12;

    // Share of pictures on which no label would hold: enough that what is no face comes in many forms, few enough that most teach what will be seen.
    private const double StrangeShare = 0.3;

    // Sides of tiles in pixels: none is divided below the first; larger ones than the second may stay whole, up to three quarters of the picture.
    private const int LeastTile = 44, SmallestMostTile = 100;
    private const double MostTileShare = 0.75;

    // Faces are shown from 9 pixels (a 40 px face of a 1280 px frame is 15 px at the default size) to this share of the side.
    private const double LeastFace = 9, MostFace = 0.9;

    private readonly DetectorPictures pictures;
    private readonly Random random;
    private readonly int side;
    private readonly List<KnownFace> faces = [];
    private readonly double mostTile;

    private DetectorCanvas(DetectorPictures pictures, int side, Random random)
    {
        (this.pictures, this.side, this.random) = (pictures, side, random);
        mostTile = SmallestMostTile * Math.Pow(Math.Max(1, MostTileShare * side / SmallestMostTile), random.NextDouble());
        Picture = new Mat(side, side, MatType.CV_8UC3, new Scalar(random.Next(256), random.Next(256), random.Next(256)));
    }

    /// <summary>BGR, 8 bit, square.</summary>
    public Mat Picture { get; private set; }

    /// <summary>The faces on it.</summary>
    public IReadOnlyList<KnownFace> Faces => faces;

    /// <summary>A picture that follows from the random numbers alone.</summary>
    /// <param name="pictures">What it is made of.</param>
    /// <param name="side">Its side, pixels.</param>
    /// <param name="random">Draws all.</param>
    /// <param name="strange">Whether a teacher will say what is on it: it may then be made so strange that <see cref="Faces"/> are true no more.</param>
    public static DetectorCanvas Draw(DetectorPictures pictures, int side, Random random, bool strange = false)
    {
        var canvas = new DetectorCanvas(pictures, side, random);
        if (random.NextDouble() < TiledShare)
        {
            canvas.Tile(new Rect(0, 0, side, side));
            if (random.Next(2) == 0)
            {
                canvas.Mirror();
            }
        }
        else
        {
            canvas.Scene(random.NextDouble());
        }

        canvas.HideParts();
        if (strange && random.NextDouble() < StrangeShare)
        {
            using DetectorCanvas other = Draw(pictures, side, random);
            StrangePicture.Make(canvas.Picture, other.Picture, random);
        }

        PictureDamage.Apply(canvas.Picture, random);
        return canvas;
    }

    /// <inheritdoc/>
    public void Dispose() => Picture.Dispose();

    /// <summary>A background and what stands before it.</summary>
    private void Scene(double kind)
    {
        bool real = pictures.Sources.Count > 0;
        if (real)
        {
            ShowFrame(withFace: false);
        }

        if (real && kind < RealShare)
        {
            ShowFrame(withFace: true);
            if (random.Next(3) == 0)
            {
                ShowFrame(withFace: true);
            }
        }
        else if (kind < 1 - EmptyShare)
        {
            PastePeople();
        }
    }

    /// <summary>Divides a rectangle at random and puts a face, now and then none, into each part.</summary>
    private void Tile(Rect area)
    {
        int longest = Math.Max(area.Width, area.Height);
        if (longest >= 2 * LeastTile && (longest > mostTile || random.Next(3) > 0))
        {
            int cut = (int)(longest * Between(0.4, 0.6));
            bool across = area.Width >= area.Height;
            Tile(across ? new Rect(area.X, area.Y, cut, area.Height) : new Rect(area.X, area.Y, area.Width, cut));
            Tile(across ? new Rect(area.X + cut, area.Y, area.Width - cut, area.Height) : new Rect(area.X, area.Y + cut, area.Width, area.Height - cut));
            return;
        }

        double size = Math.Min(area.Width, area.Height) * Between(0.25, 0.85);
        if (pictures.Sources.Count > 0 && random.NextDouble() < RealShare)
        {
            IReadOnlyList<KnownFrame> clip = pictures.Sources[random.Next(pictures.Sources.Count)];
            KnownFrame frame = clip[random.Next(clip.Count)];
            KnownFace? face = frame.Faces.Count > 0 ? frame.Faces[random.Next(frame.Faces.Count)] : null;
            Vector2 centre = face is null ? new Vector2(random.Next(frame.Picture.Width), random.Next(frame.Picture.Height)) : Centre(face.Box);
            FillTile(area, frame.Picture, frame.Faces, centre, face is null ? Between(0.3, 1.5) : Math.Min(2, size / Math.Sqrt(face.Box.Area)));
        }
        else
        {
            RenderedFace person = pictures.Rendered[random.Next(pictures.Rendered.Count)];
            FaceBox box = DetectorPictures.BoxOf(person.Landmarks);
            FillTile(area, person.Picture, [new(box, person.FivePoints, true)], Centre(box), size / Math.Sqrt(box.Area));
        }
    }

    private void FillTile(Rect area, Mat picture, IReadOnlyList<KnownFace> known, Vector2 centre, double scale)
    {
        double turn = (random.NextDouble() + random.NextDouble() - 1) * 20 * Math.PI / 180;
        SimilarityTransform toTile = Placed(centre, scale, turn, Between(0.3, 0.7) * area.Width, Between(0.3, 0.7) * area.Height);
        using Mat matrix = CropWarp.Matrix(toTile), source = Shrunk(picture, toTile, matrix, area.Size), tile = Picture[area];
        Cv2.WarpAffine(source, tile, matrix, area.Size, InterpolationFlags.Linear, BorderTypes.Constant, new Scalar(random.Next(256), random.Next(256), random.Next(256)));
        SimilarityTransform toCanvas = toTile.Then(new(1, 0, area.X, area.Y));
        faces.AddRange(known.Select(face => Moved(face, toCanvas)).Where(face => Visible(face.Box, area) > 0).Select(face => Judged(face, area)));
    }

    /// <summary>Fills the canvas with part of a frame: around one of its faces, or a place that shows none.</summary>
    private void ShowFrame(bool withFace)
    {
        for (int attempt = 0; attempt < 8; attempt++)
        {
            IReadOnlyList<KnownFrame> clip = pictures.Sources[random.Next(pictures.Sources.Count)];
            KnownFrame frame = clip[random.Next(clip.Count)];
            List<KnownFace> certain = [.. frame.Faces.Where(face => face.Certain)];
            if (withFace && certain.Count == 0)
            {
                continue;
            }

            SimilarityTransform toCanvas;
            if (withFace)
            {
                KnownFace chosen = certain[random.Next(certain.Count)];
                double size = Math.Sqrt(chosen.Box.Area);

                // Never enlarged by more than two: what the network sees in use was shrunk.
                toCanvas = About(Centre(chosen.Box), Math.Min(2, FaceSize() / size), 12);
            }
            else
            {
                double scale = Math.Exp(Between(Math.Log(0.35), Math.Log(2)));
                toCanvas = About(new Vector2((float)(random.NextDouble() * frame.Picture.Width), (float)(random.NextDouble() * frame.Picture.Height)), scale, 25);
            }

            List<KnownFace> seen = [.. frame.Faces.Select(face => Moved(face, toCanvas)).Where(face => Visible(face.Box, Whole) > 0)];
            if ((!withFace && seen.Count > 0) || Covers(frame.Picture, toCanvas))
            {
                continue;
            }

            // A frame without faces may be continued by its own mirror image; a face outside of the canvas must not come in so.
            Cover(frame.Picture, toCanvas, null, withFace ? BorderTypes.Transparent : frame.Faces.Count == 0 ? BorderTypes.Reflect101 : BorderTypes.Constant);
            faces.AddRange(seen.Select(face => Judged(face, Whole)));
            if (random.Next(2) == 0)
            {
                Mirror();
            }

            return;
        }
    }

    /// <summary>One to five rendered people where no face is covered by the next.</summary>
    private void PastePeople()
    {
        int people = 1 + (int)(random.NextDouble() * random.NextDouble() * 5);
        for (int i = 0; i < people; i++)
        {
            RenderedFace person = pictures.Rendered[random.Next(pictures.Rendered.Count)];
            FaceBox box = DetectorPictures.BoxOf(person.Landmarks);
            SimilarityTransform toCanvas = About(Centre(box), FaceSize() / (people > 1 ? 1.6 : 1) / Math.Sqrt(box.Area), 20);
            KnownFace face = Moved(new(box, person.FivePoints, true), toCanvas);
            Mat picture = person.Picture;
            if (Covers(picture, toCanvas))
            {
                continue;
            }

            bool cutOut = person.EncodedMask is not null && random.Next(3) > 0;
            using Mat mask = cutOut ? Cv2.ImDecode(person.EncodedMask!, ImreadModes.Grayscale) : new Mat(picture.Size(), MatType.CV_8UC1, Scalar.All(255));
            if (cutOut)
            {
                Cv2.Threshold(mask, mask, 0, 255, ThresholdTypes.Binary);
            }

            Cover(picture, toCanvas, mask, BorderTypes.Transparent);
            faces.Add(Judged(face, Whole));
        }

        if (random.Next(2) == 0)
        {
            Mirror();
        }
    }

    /// <summary>A hand, a cup, a microphone: a patch of the picture or of plain colour over at most a third of some faces.</summary>
    private void HideParts()
    {
        foreach (KnownFace face in faces.Where(face => face.Certain && random.Next(6) == 0))
        {
            var size = new Size(1 + (face.Box.Width * Between(0.15, 0.55)), 1 + (face.Box.Height * Between(0.15, 0.55)));
            var place = new Rect((int)(face.Box.X + (random.NextDouble() * face.Box.Width) - (size.Width / 2)), (int)(face.Box.Y + (random.NextDouble() * face.Box.Height) - (size.Height / 2)), size.Width, size.Height);
            Rect inside = place & Whole;
            if (inside.Width < 2 || inside.Height < 2)
            {
                continue;
            }

            var from = new Rect(random.Next(side - inside.Width), random.Next(side - inside.Height), inside.Width, inside.Height);
            if (random.Next(2) == 0 || faces.Exists(other => Area(other.Box).IntersectsWith(new Rect2f(from.X, from.Y, from.Width, from.Height))))
            {
                using Mat patch = Picture[inside];
                patch.SetTo(new Scalar(random.Next(256), random.Next(256), random.Next(256)));
            }
            else
            {
                using Mat source = Picture[from].Clone(), patch = Picture[inside];
                source.CopyTo(patch);
            }
        }
    }

    /// <summary>Draws a picture over the canvas where its mask says so.</summary>
    private void Cover(Mat picture, SimilarityTransform toCanvas, Mat? mask, BorderTypes border)
    {
        using Mat matrix = CropWarp.Matrix(toCanvas);
        using Mat source = Shrunk(picture, toCanvas, matrix, mask is null ? Picture.Size() : null);
        if (mask is null)
        {
            Cv2.WarpAffine(source, Picture, matrix, Picture.Size(), InterpolationFlags.Linear, border, Scalar.All(0));
            return;
        }

        using Mat layer = new(), where = new(), alpha = Resized(mask, source.Size());
        Cv2.WarpAffine(source, layer, matrix, Picture.Size(), InterpolationFlags.Linear, BorderTypes.Replicate);
        Cv2.WarpAffine(alpha, where, matrix, Picture.Size(), InterpolationFlags.Nearest, BorderTypes.Constant, Scalar.All(0));
        layer.CopyTo(Picture, where);
    }

    /// <summary>Shrinks by an area filter before a warp that would alias, and corrects the matrix for it.</summary>
    /// <param name="picture">What will be warped.</param>
    /// <param name="toCanvas">From its pixels to the target's.</param>
    /// <param name="matrix">Receives the warp of the result.</param>
    /// <param name="target">Size of the target where only what will be seen on it is wanted: shrinking whole frames for small tiles took most of the time.</param>
    private static Mat Shrunk(Mat picture, SimilarityTransform toCanvas, Mat matrix, Size? target = null)
    {
        Rect part = target is { } size ? Seen(picture, toCanvas, size) : new Rect(0, 0, picture.Width, picture.Height);
        SimilarityTransform fromPart = new SimilarityTransform(1, 0, part.X, part.Y).Then(toCanvas);
        if (toCanvas.Scale >= 0.7)
        {
            using Mat plain = CropWarp.Matrix(fromPart);
            plain.CopyTo(matrix);
            return picture[part];
        }

        double factor = Math.Min(1, toCanvas.Scale * 1.3);
        var small = new Size(Math.Max(1, (int)(part.Width * factor)), Math.Max(1, (int)(part.Height * factor)));
        using Mat corrected = CropWarp.Matrix(new SimilarityTransform((double)part.Width / small.Width, 0, 0, 0).Then(fromPart));
        corrected.CopyTo(matrix);
        using Mat cut = picture[part];
        return Resized(cut, small);
    }

    /// <summary>The part of a picture that a target shows, with a margin for the filters; never empty.</summary>
    private static Rect Seen(Mat picture, SimilarityTransform toTarget, Size target)
    {
        SimilarityTransform back = toTarget.Inverse();
        Vector2[] corners = [back.Apply(new(0, 0)), back.Apply(new(target.Width, 0)), back.Apply(new(0, target.Height)), back.Apply(new(target.Width, target.Height))];
        int margin = (int)(3 / toTarget.Scale) + 2;
        int left = Math.Clamp((int)corners.Min(corner => corner.X) - margin, 0, picture.Width - 1), right = Math.Clamp((int)corners.Max(corner => corner.X) + margin, left + 1, picture.Width);
        int top = Math.Clamp((int)corners.Min(corner => corner.Y) - margin, 0, picture.Height - 1), bottom = Math.Clamp((int)corners.Max(corner => corner.Y) + margin, top + 1, picture.Height);
        return new Rect(left, top, right - left, bottom - top);
    }

    private static Mat Resized(Mat picture, Size size)
    {
        var resized = new Mat();
        Cv2.Resize(picture, resized, size, 0, 0, picture.Channels() == 1 ? InterpolationFlags.Nearest : InterpolationFlags.Area);
        return resized;
    }

    private void Mirror()
    {
        Mat mirrored = Picture.Flip(FlipMode.Y);
        Picture.Dispose();
        Picture = mirrored;
        for (int i = 0; i < faces.Count; i++)
        {
            FaceBox box = faces[i].Box;
            Vector2[] points = Array.ConvertAll(faces[i].Points, point => new Vector2(side - point.X, point.Y));

            // Points go left to right as seen in the image.
            faces[i] = faces[i] with { Box = box with { X = side - box.X - box.Width }, Points = [points[1], points[0], points[2], points[4], points[3]] };
        }
    }

    /// <summary>Half cut off or too small, nobody can say.</summary>
    private static KnownFace Judged(KnownFace face, Rect area) => face with { Certain = face.Certain && Visible(face.Box, area) >= 0.65 && Math.Sqrt(face.Box.Area) >= LeastFace - 1 };

    /// <summary>Share of a box that lies inside an area.</summary>
    private static double Visible(FaceBox box, Rect area)
    {
        double width = Math.Min(box.X + box.Width, area.Right) - Math.Max(box.X, area.X), height = Math.Min(box.Y + box.Height, area.Bottom) - Math.Max(box.Y, area.Y);
        return width <= 0 || height <= 0 ? 0 : width * height / box.Area;
    }

    private Rect Whole => new(0, 0, side, side);

    /// <summary>Every other one evenly on a scale of doublings; the others large, because few cells answer those and they were learned last.</summary>
    private double FaceSize() => random.Next(2) == 0 ? Between(0.3, MostFace) * side : Math.Exp(Between(Math.Log(LeastFace), Math.Log(MostFace * side)));

    /// <summary>Scales and turns about a point and puts it anywhere on the canvas but at its very edge.</summary>
    private SimilarityTransform About(Vector2 centre, double scale, double degrees)
    {
        // A triangle: mostly upright, seldom the whole turn.
        double turn = (random.NextDouble() + random.NextDouble() - 1) * degrees * Math.PI / 180;
        return Placed(centre, scale, turn, Between(0.1, 0.9) * side, Between(0.1, 0.9) * side);
    }

    /// <summary>Scales and turns about a point that comes to lie at (x, y).</summary>
    private static SimilarityTransform Placed(Vector2 centre, double scale, double turn, double x, double y)
    {
        (double sine, double cosine) = Math.SinCos(turn);
        return new(scale * cosine, scale * sine, x - (scale * ((cosine * centre.X) - (sine * centre.Y))), y - (scale * ((sine * centre.X) + (cosine * centre.Y))));
    }

    private static KnownFace Moved(KnownFace face, SimilarityTransform to)
    {
        // The box stays upright: its centre moves, its size scales. Turned by 20 degrees a face's own box would differ by a few per cent.
        Vector2 centre = to.Apply(Centre(face.Box)), size = new Vector2(face.Box.Width, face.Box.Height) * (float)to.Scale;
        return face with { Box = new(centre.X - (size.X / 2), centre.Y - (size.Y / 2), size.X, size.Y), Points = Array.ConvertAll(face.Points, to.Apply) };
    }

    /// <summary>Whether a picture would hide part of a face that is already there.</summary>
    private bool Covers(Mat picture, SimilarityTransform to)
    {
        Vector2[] corners = [to.Apply(new(0, 0)), to.Apply(new(picture.Width, 0)), to.Apply(new(0, picture.Height)), to.Apply(new(picture.Width, picture.Height))];
        float left = corners.Min(corner => corner.X), top = corners.Min(corner => corner.Y);
        var area = new Rect2f(left, top, corners.Max(corner => corner.X) - left, corners.Max(corner => corner.Y) - top);
        return faces.Exists(other => area.IntersectsWith(Area(other.Box)));
    }

    private static Rect2f Area(FaceBox box) => new(box.X, box.Y, box.Width, box.Height);

    private static Vector2 Centre(FaceBox box) => new(box.X + (box.Width / 2), box.Y + (box.Height / 2));

    private double Between(double from, double to) => from + ((to - from) * random.NextDouble());
}
