using System.Globalization;
using System.Numerics.Tensors;
using VideoGaze.Faces.Identity;
using VideoGaze.Faces.Models;
using VideoGaze.Pipeline.Frames;
using VideoGaze.Stages.Detect;
using VideoGaze.Stages.Track;

namespace VideoGaze.Benchmarks.FaceNetworks;

/// <summary>Verification by two identity networks on the same pairs: the largest face of each picture, one clip or folder of photos being one person.</summary>
internal static class IdentityTable
{
    /// <summary>Prints a Markdown table and, for thresholds, where the candidate's likenesses lie.</summary>
    public static async Task WriteAsync(string candidate, string referee, string detector, int every, IReadOnlyList<string> sources)
    {
        using OnnxSession ours = OnnxSession.Load(candidate, new(InferenceDevice.Cpu)), theirs = OnnxSession.Load(referee, new(InferenceDevice.Cpu)), eyes = OnnxSession.Load(detector, new(InferenceDevice.Cpu));
        var pool = new PixelPool();
        using FaceFinder finder = FaceFinder.Over(eyes, new DetectOptions(640));
        using FaceEmbedder own = new(ours, pool), other = new(theirs, pool);
        var faces = new List<(int Person, float[] Own, float[] Other)>();
        for (int person = 0; person < sources.Count; person++)
        {
            await foreach (var (_, picture) in Pictures.Of(sources[person], every).ConfigureAwait(false))
            {
                using (picture)
                {
                    if (finder.Find(PictureView.Of(picture)).MaxBy(face => face.Box.Area) is { } face)
                    {
                        faces.Add((person, own.Embed(PictureView.Of(picture), face.Points), other.Embed(PictureView.Of(picture), face.Points)));
                    }
                }
            }
        }

        (List<double> Same, List<double> Different) mine = Pairs(faces, face => face.Own), judged = Pairs(faces, face => face.Other);
        Console.WriteLine($"{faces.Count} faces of {sources.Count} people; {mine.Same.Count} pairs of one, {mine.Different.Count} of two");
        Console.WriteLine("network | AUC | accepted at 1 % false | one person: 5 %, median | two people: median, 95 %, 99 %");
        Console.WriteLine("---|---|---|---|---");
        Console.WriteLine(Row(ours.FileName, mine));
        Console.WriteLine(Row(theirs.FileName, judged));
        Console.WriteLine("network | one person from | pairs of one accepted, of two | tracks (mean of 5 pictures): missed, another's taken");
        Console.WriteLine("---|---|---|---");
        Console.WriteLine(BorderRow(ours.FileName, own.SamePerson, mine, faces.ToLookup(face => face.Person, face => face.Own)));
        Console.WriteLine(BorderRow(theirs.FileName, other.SamePerson, judged, faces.ToLookup(face => face.Person, face => face.Other)));
        double all = Verification.Correlation([.. mine.Same, .. mine.Different], [.. judged.Same, .. judged.Different]);
        double different = Verification.Correlation(mine.Different, judged.Different);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"correlation of the two networks' likenesses: {all:0.00} over all pairs, {different:0.00} over those of two people"));
    }

    private static (List<double> Same, List<double> Different) Pairs(List<(int Person, float[] Own, float[] Other)> faces, Func<(int Person, float[] Own, float[] Other), float[]> vector)
    {
        List<double> same = [], different = [];
        for (int i = 0; i < faces.Count; i++)
        {
            for (int k = i + 1; k < faces.Count; k++)
            {
                (faces[i].Person == faces[k].Person ? same : different).Add(TensorPrimitives.Dot<float>(vector(faces[i]), vector(faces[k])));
            }
        }

        return (same, different);
    }

    private static string Row(string name, (List<double> Same, List<double> Different) pairs)
    {
        Verification verification = Verification.Of(pairs.Same, pairs.Different);
        double[] same = [.. pairs.Same.Order()], different = [.. pairs.Different.Order()];
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{name} | {verification.Auc:0.0000} | {verification.Tar:0.000} | {At(same, 0.05):0.00}, {At(same, 0.5):0.00} | {At(different, 0.5):0.00}, {At(different, 0.95):0.00}, {At(different, 0.99):0.00}");
    }

    private static string BorderRow(string name, float border, (List<double> Same, List<double> Different) pairs, ILookup<int, float[]> faces)
    {
        PersonVotes votes = PersonVotes.Of(faces, border);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{name} | {border:0.00} | {Share(pairs.Same):0.0%}, {Share(pairs.Different):0.0%} | {votes.Missed:0.0%}, {votes.Taken:0.0%}");

        double Share(List<double> likenesses) => likenesses.Average(likeness => likeness >= border ? 1.0 : 0);
    }

    private static double At(double[] sorted, double share) => sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];
}
