using System.Numerics;
using VideoGaze.Faces.Geometry;

namespace VideoGaze.Faces.Appearance;

/// <summary>
/// The light on a face: how bright skin is, for each colour, by the way it looks. Photos have a light of their own; laid onto a face that is lit from another side, their shadows tell of another nose. Immutable.
/// </summary>
/// <remarks>
/// Matt skin under any distant light is nearly a combination of nine functions of its normal (spherical harmonics to the second order: Ramamoorthi and Hanrahan 2001, Basri and Jacobs 2003). They are fitted to logarithms of colours, since
/// skin multiplies light: what is darker everywhere is the skin's colour and stays, what is darker on one side is the light.
/// </remarks>
public sealed class FaceLight
{
    private const int Terms = 9, Colours = 3;

    // Fits; each one trusts less what lies off the one before: beards, spots, a strand of hair, a shadow that is cast.
    private const int Rounds = 6;

    // A difference of this logarithm, the length over three colours, halves a triangle's weight: .15 a colour.
    private const float UsualGap = 0.26f;

    // Holds the terms down where few directions are seen, as a share of all weights.
    private const double Ridge = 0.02;

    // Seen from farther aside, skin is a pixel wide and its place uncertain.
    private const float LeastFacing = 0.15f;

    // Less light than this many codes is noise.
    private const float Dark = 4;

    // Beyond this factor it is not light.
    private const float MostFactor = 2.5f;

    // Skin counts as bare from here, of 255.
    private const byte Bare = 200;

    // How much of the light is believed. What the fit calls light is the person's in part: a nose in its own shadow, a beard on one side. On the standard set .7 gave 79 % of frames nearer to the true swap, the whole light 77, none 75; with
    // better landmarks .5 gave 80 where .7 gave 78. On real clips .6 was better than .35 and .8.
    private const float Share = 0.6f;

    private static readonly bool[] Skin = SkinPoints();

    private readonly Vector3[] _terms;

    private FaceLight(Vector3[] terms)
    {
        _terms = terms;
    }

    /// <summary>Looks at a face. Where too little of it is seen the light is even.</summary>
    /// <param name="photo">The picture. What is not bare is left out; where nobody knows what is bare, the fit leaves out what does not fit.</param>
    public static FaceLight Of(TexturePhoto photo)
    {
        ArgumentNullException.ThrowIfNull(photo);
        var terms = new Vector3[Terms];
        List<Sample> samples = Samples(photo);
        if (samples.Count < 4 * Terms)
        {
            return new(terms);
        }

        double[,] equations = new double[Terms, Terms + Colours];
        Span<float> basis = stackalloc float[Terms];
        for (int round = 0; round < Rounds; round++)
        {
            Array.Clear(equations);
            double total = 0;
            foreach (Sample sample in samples)
            {
                Basis(sample.Normal, basis);
                Vector3 gap = sample.Log - At(terms, basis);
                float off = round == 0 ? 0 : gap.Length() / UsualGap;
                double weight = sample.Weight / (1 + (off * off));
                total += weight;
                for (int i = 0; i < Terms; i++)
                {
                    for (int j = 0; j < Terms; j++)
                    {
                        equations[i, j] += weight * basis[i] * basis[j];
                    }

                    for (int colour = 0; colour < Colours; colour++)
                    {
                        equations[i, Terms + colour] += weight * basis[i] * sample.Log[colour];
                    }
                }
            }

            // The first term is how bright the skin is at all.
            for (int i = 1; i < Terms; i++)
            {
                equations[i, i] += Ridge * total;
            }

            Solve(equations);
            for (int i = 0; i < Terms; i++)
            {
                terms[i] = new((float)equations[i, Terms], (float)equations[i, Terms + 1], (float)equations[i, Terms + 2]);
            }
        }

        return new(terms);
    }

    /// <summary>By what the light multiplies blue, green and red at each point; about 1 over the whole face, so that how bright it is at all does not change.</summary>
    /// <param name="normals">Of <see cref="MeshNormals"/>.</param>
    internal Vector3[] Factors(Vector3[] normals)
    {
        Span<float> basis = stackalloc float[Terms];
        var logs = new Vector3[normals.Length];
        Vector3 mean = Vector3.Zero;
        float total = 1e-6f;
        for (int i = 0; i < logs.Length; i++)
        {
            Basis(normals[i], basis);
            logs[i] = At(_terms, basis);
            float weight = Skin[i] ? Math.Max(0, normals[i].Z) : 0;
            (mean, total) = (mean + (weight * logs[i]), total + weight);
        }

        mean /= total;
        Vector3 most = new(MathF.Log(MostFactor));
        return Array.ConvertAll(logs, log => Vector3.Exp(Vector3.Clamp(Share * (log - mean), -most, most)));
    }

    private static List<Sample> Samples(TexturePhoto photo)
    {
        (FaceMesh mesh, int width, int height) = (photo.Mesh, photo.Width, photo.Height);
        ReadOnlySpan<byte> pixels = photo.Pixels.Span, bare = photo.Bare.Span;
        Vector3[] normals = MeshNormals.Of(mesh.Points);
        List<Sample> samples = new(FaceLayout.Triangles.Count);
        foreach ((int a, int b, int c) in FaceLayout.Triangles)
        {
            Vector3 normal = Vector3.Normalize(normals[a] + normals[b] + normals[c]);
            Vector2 place = (mesh.At(a) + mesh.At(b) + mesh.At(c)) / 3, ab = mesh.At(b) - mesh.At(a), ac = mesh.At(c) - mesh.At(a);
            float area = (ab.X * ac.Y) - (ab.Y * ac.X);
            int x = (int)place.X, y = (int)place.Y;
            if (!(Skin[a] && Skin[b] && Skin[c] && normal.Z > LeastFacing && area > 0 && x >= 1 && y >= 1 && x < width - 1 && y < height - 1)
                || (!bare.IsEmpty && bare[(y * width) + x] < Bare))
            {
                continue;
            }

            Vector3 sum = Vector3.Zero;
            for (int row = y - 1; row <= y + 1; row++)
            {
                for (int i = 3 * ((row * width) + x - 1); i < 3 * ((row * width) + x + 2); i += 3)
                {
                    sum += new Vector3(pixels[i], pixels[i + 1], pixels[i + 2]);
                }
            }

            samples.Add(new(normal, Vector3.Log((sum / 9) + new Vector3(Dark)), normal.Z * area));
        }

        return samples;
    }

    private static void Basis(Vector3 n, Span<float> basis)
    {
        (basis[0], basis[1], basis[2], basis[3]) = (1, n.X, n.Y, n.Z);
        (basis[4], basis[5], basis[6], basis[7], basis[8]) = (n.X * n.Y, n.X * n.Z, n.Y * n.Z, (n.X * n.X) - (n.Y * n.Y), (3 * n.Z * n.Z) - 1);
    }

    private static Vector3 At(Vector3[] terms, ReadOnlySpan<float> basis)
    {
        Vector3 sum = Vector3.Zero;
        for (int i = 0; i < Terms; i++)
        {
            sum += terms[i] * basis[i];
        }

        return sum;
    }

    /// <summary>Gauss and Jordan, in place; the ridge keeps all pivots positive.</summary>
    private static void Solve(double[,] equations)
    {
        for (int pivot = 0; pivot < Terms; pivot++)
        {
            for (int row = 0; row < Terms; row++)
            {
                double share = row == pivot ? 1 - (1 / equations[pivot, pivot]) : equations[row, pivot] / equations[pivot, pivot];
                for (int column = Terms + Colours - 1; column >= pivot; column--)
                {
                    equations[row, column] -= share * equations[pivot, column];
                }
            }
        }
    }

    /// <summary>Points whose triangles belong to no brow, eye or lip: those have colours of their own.</summary>
    private static bool[] SkinPoints()
    {
        HashSet<int> features = [.. MeshTopology.ImageLeftBrow, .. MeshTopology.ImageLeftEye, .. MeshTopology.ImageRightBrow, .. MeshTopology.ImageRightEye, .. MeshTopology.OuterLips, .. MeshTopology.InnerLips];
        bool[] skin = new bool[FaceLayout.PointCount];
        Array.Fill(skin, true);
        foreach ((int a, int b, int c) in FaceLayout.Triangles)
        {
            if (features.Contains(a) || features.Contains(b) || features.Contains(c))
            {
                skin[a] = skin[b] = skin[c] = false;
            }
        }

        return skin;
    }

    private readonly record struct Sample(Vector3 Normal, Vector3 Log, float Weight);
}
