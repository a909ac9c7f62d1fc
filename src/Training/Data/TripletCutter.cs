using System.Numerics;
using System.Runtime.InteropServices;
using System.Text.Json;
using OpenCvSharp;
using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Geometry;

namespace VideoGaze.Training.Data;

/// <summary>Cuts the aligned crops of rendered swap triplets. What is cut already stays; a data set may grow between two runs.</summary>
internal static class TripletCutter
{
    // Classes of a rendered mask that belong to the face: face, eye, mouth. (The others: background, hair, neck and ears, clothes, frame of spectacles, occluder, what is on the head: they stay the target's.)
    private static readonly byte[] FaceClasses = [1, 2, 3], EyesAndMouthClasses = [2, 3];

    // Lids half shut or more say nothing reliable about gaze: no weight below .25 of the opening at rest, all of it from .6 on.
    private const float ShutOpenness = 0.25f, OpenOpenness = 0.6f;

    // A mesh farther than this mean share of the eye distance from the truth is of no face; the network's own error is about 4 %.
    private const float Lost = 0.15f;

    /// <summary>Appends the triplets of a label file that its crops do not hold yet, and returns all of them whose faces the landmark network finds, with the meshes of all.</summary>
    public static (List<SwapTriplet> Triplets, float[] Meshes) Extend(string folder, string labels, string crops, IMeshReader reader)
    {
        const int MeshBytes = SwapTriplets.MeshNumbers * sizeof(float);
        using FileStream stream = new(crops, FileMode.OpenOrCreate, FileAccess.ReadWrite), meshStream = new(Path.ChangeExtension(crops, ".meshes"), FileMode.OpenOrCreate, FileAccess.ReadWrite);

        // A run that was stopped may have left part of a record behind.
        int cut = (int)Math.Min(stream.Length / SwapTriplets.RecordBytes, meshStream.Length / MeshBytes);
        stream.SetLength((long)cut * SwapTriplets.RecordBytes);
        stream.Position = stream.Length;
        meshStream.SetLength((long)cut * MeshBytes);
        byte[] known = new byte[meshStream.Length];
        meshStream.ReadExactly(known);
        List<float> meshes = [.. MemoryMarshal.Cast<byte, float>(known)];
        var all = new List<SwapTriplet>();
        int number = 0;
        var pairs = new Dictionary<string, int>();
        byte[] record = new byte[SwapTriplets.RecordBytes];
        foreach (string line in WholeLines(labels))
        {
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement root = document.RootElement, target = root.GetProperty("target"), swap = root.GetProperty("swap");
            string people = target.GetProperty("persons")[0].GetProperty("id").GetString()!;
            if (!pairs.TryGetValue(people, out int pair))
            {
                pairs.Add(people, pair = pairs.Count);
            }

            if (number >= cut)
            {
                Fill(record, folder, target, swap, root.GetProperty("sources"));
                float[] numbers = Meshes(folder, target, swap, root.GetProperty("sources"), reader);
                stream.Write(record);
                meshStream.Write(MemoryMarshal.AsBytes(numbers.AsSpan()));
                meshes.AddRange(numbers);
            }

            if (float.IsFinite(meshes[number * SwapTriplets.MeshNumbers]))
            {
                all.Add(new(number, pair, Openness(target), Openness(swap)));
            }

            number++;
        }

        return (all, [.. meshes]);
    }

    private static void Fill(Span<byte> record, string folder, JsonElement target, JsonElement swap, JsonElement sources)
    {
        // The swap is cut where the target is: the generator sees the target's crop and must answer pixel by pixel. Photos are cut by their own landmarks.
        SimilarityTransform place = ToCrop(target);
        int at = 0;
        foreach (JsonElement picture in (JsonElement[])[target, swap])
        {
            at += Copy(Cut(folder, picture, place), record[at..]);
        }

        foreach (JsonElement photo in sources.EnumerateArray())
        {
            at += Copy(Cut(folder, photo, ToCrop(photo)), record[at..]);
        }

        foreach (JsonElement picture in (JsonElement[])[target, swap])
        {
            using Mat whole = Read(folder, picture.GetProperty("mask").GetString()!, ImreadModes.Grayscale);
            using Mat classes = CropWarp.Warp(whole, place, SwapTriplets.Side, InterpolationFlags.Nearest, BorderTypes.Constant);
            at += Copy(Of(classes, FaceClasses), record[at..]);
            at += Copy(Softened(Of(classes, EyesAndMouthClasses)), record[at..]);
        }

        foreach (JsonElement photo in sources.EnumerateArray())
        {
            using Mat whole = Read(folder, photo.GetProperty("mask").GetString()!, ImreadModes.Grayscale);
            using Mat classes = CropWarp.Warp(whole, ToCrop(photo), SwapTriplets.Side, InterpolationFlags.Nearest, BorderTypes.Constant);
            at += Copy(Of(classes, FaceClasses), record[at..]);
        }
    }

    private static SimilarityTransform ToCrop(JsonElement picture)
    {
        const double Scale = SwapTriplets.Side / SwapTriplets.Reach, Margin = (SwapTriplets.Side - Scale) / 2;
        return AlignmentTemplate.DflWholeFace.TransformFrom(GazeSamples.FivePoints(Landmarks(picture)), 1).Then(new(Scale, 0, Margin, Margin));
    }

    private static Vector2[] Landmarks(JsonElement picture) =>
        [.. picture.GetProperty("persons")[0].GetProperty("landmarks68_px").EnumerateArray().Select(point => new Vector2(point[0].GetSingle(), point[1].GetSingle()))];

    /// <summary>The meshes of all pictures in pixels of their crops; the first number is none where one of the faces was not found.</summary>
    private static float[] Meshes(string folder, JsonElement target, JsonElement swap, JsonElement sources, IMeshReader reader)
    {
        SimilarityTransform place = ToCrop(target);
        List<float> numbers = [];
        bool lost = false;
        foreach (JsonElement picture in (JsonElement[])[target, swap, .. sources.EnumerateArray()])
        {
            using Mat whole = Read(folder, picture.GetProperty("file").GetString()!, ImreadModes.Color);
            Vector2[] truth = Landmarks(picture);
            FaceMesh mesh = reader.Read(whole, truth);
            float unit = Vector2.Distance(truth[36], truth[45]), error = truth.Select((point, i) => Vector2.Distance(point, mesh.At(MeshTopology.Ibug68[i]))).Average();
            lost |= mesh.Score < 0.5f || error > Lost * Math.Max(unit, 1);
            mesh = mesh.Transformed(numbers.Count < 2 * FaceMesh.PointCount * 3 ? place : ToCrop(picture));
            numbers.AddRange(mesh.Points.SelectMany(point => new[] { point.X, point.Y, point.Z }));
        }

        numbers[0] = lost ? float.NaN : numbers[0];
        return [.. numbers];
    }

    private static Mat Cut(string folder, JsonElement picture, SimilarityTransform place)
    {
        using Mat whole = Read(folder, picture.GetProperty("file").GetString()!, ImreadModes.Color);
        if (place.Scale < 1)
        {
            // What the smaller crop cannot show must go first, or it comes back as false edges.
            Cv2.GaussianBlur(whole, whole, new Size(0, 0), 0.5 * Math.Sqrt((1 / (place.Scale * place.Scale)) - 1));
        }

        return CropWarp.Warp(whole, place, SwapTriplets.Side, InterpolationFlags.Cubic);
    }

    private static Mat Of(Mat classes, byte[] wanted)
    {
        byte[] table = new byte[256];
        foreach (byte value in wanted)
        {
            table[value] = 255;
        }

        var mask = new Mat();
        Cv2.LUT(classes, table, mask);
        return mask;
    }

    /// <summary>Widened and blurred as <see cref="FaceMasks.EyesAndMouth"/> does it.</summary>
    private static Mat Softened(Mat mask)
    {
        const int Widen = (SwapTriplets.Side / 32) | 1, Blur = (SwapTriplets.Side / 16) | 1;
        using Mat ellipse = Cv2.GetStructuringElement(MorphShapes.Ellipse, new Size(Widen, Widen));
        Cv2.Dilate(mask, mask, ellipse);
        Cv2.GaussianBlur(mask, mask, new Size(Blur, Blur), 0);
        return mask;
    }

    private static int Copy(Mat picture, Span<byte> goal)
    {
        using (picture)
        {
            int bytes = picture.Rows * picture.Cols * picture.Channels();
            byte[] copy = new byte[bytes];
            Marshal.Copy(picture.Data, copy, 0, bytes);
            copy.CopyTo(goal);
            return bytes;
        }
    }

    private static Mat Read(string folder, string file, ImreadModes mode)
    {
        string path = Path.Combine(folder, file);
        Mat picture = Cv2.ImRead(path, mode);
        return picture.Empty() ? throw new UserFacingException(FailureKind.InputUnreadable, $"{path}, named in the labels of {folder}, is missing or no picture.") : picture;
    }

    private static float Openness(JsonElement picture)
    {
        JsonElement eyes = picture.GetProperty("persons")[0].GetProperty("eyes");
        float mean = (eyes.GetProperty("L").GetProperty("openness").GetSingle() + eyes.GetProperty("R").GetProperty("openness").GetSingle()) / 2;
        return Math.Clamp((mean - ShutOpenness) / (OpenOpenness - ShutOpenness), 0, 1);
    }

    /// <summary>Lines that end: the last one of a set that is being rendered may not.</summary>
    private static string[] WholeLines(string path)
    {
        string text = File.ReadAllText(path);
        return text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
