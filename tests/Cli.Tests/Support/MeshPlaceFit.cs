using System.Globalization;
using System.Numerics;
using System.Text;
using VideoGaze.Performers.Assets;
using VideoGaze.Performers.Truth;

namespace VideoGaze.Cli.Tests.Support;

/// <summary>Chooses for each point of the mesh the place on the head at which the network finds it, through all turns and expressions.</summary>
internal sealed class MeshPlaceFit
{
    // Distances from here on, shares of the eye distance, count alike: the network was wrong there.
    private const float Farthest = 0.12f;

    private readonly (int A, int B, int C, float Second, float Third)[] places;

    private MeshPlaceFit((int A, int B, int C, float Second, float Third)[] places) => this.places = places;

    /// <summary>The vertex with the least mean distance, then the best place in a triangle at it.</summary>
    public static MeshPlaceFit Of(SeenMeshes seen)
    {
        Vector2[][] projected = [.. seen.All.Select(one => Array.ConvertAll(one.Vertices[..HeadMesh.FaceEnd], vertex => one.Camera.Project(vertex) / one.EyeDistance))];
        Triangle[] triangles = [.. seen.Assets.Head.Triangles.Where(triangle => Math.Max(triangle.A, Math.Max(triangle.B, triangle.C)) < HeadMesh.FaceEnd)];
        ILookup<int, Triangle> at = triangles.SelectMany(triangle => new[] { (triangle.A, triangle), (triangle.B, triangle), (triangle.C, triangle) }).ToLookup(pair => pair.Item1, pair => pair.triangle);
        var found = new (int, int, int, float, float)[MeshPlaces.Count];
        Parallel.For(0, found.Length, point =>
        {
            Vector2[] wanted = [.. seen.All.Select(one => one.Mesh.At(point) / one.EyeDistance)];
            int best = Enumerable.Range(0, HeadMesh.FaceEnd).Where(at.Contains).MinBy(vertex => Cost(wanted, frame => projected[frame][vertex]));
            found[point] = at[best].Select(triangle => Inside(wanted, projected, triangle)).MinBy(place => place.Cost).Place;
        });
        return new(found);
    }

    /// <summary>As <c>mesh-places.txt</c>.</summary>
    public string ToText()
    {
        StringBuilder text = new("# Places of MediaPipe's mesh points on the head of the asset pack: a line holds three vertices and the shares of the second and the third. Written by MeshOnPerformersTests.\n");
        foreach ((int a, int b, int c, float second, float third) in places)
        {
            text.Append(CultureInfo.InvariantCulture, $"{a} {b} {c} {second:0.000} {third:0.000}\n");
        }

        return text.ToString();
    }

    // Least squares in the plane of the picture, over the frames in which the corner is near; shares outside the triangle are cut.
    private static ((int A, int B, int C, float Second, float Third) Place, double Cost) Inside(Vector2[] wanted, Vector2[][] projected, Triangle triangle)
    {
        double pp = 1e-12, pq = 0, qq = 1e-12, pd = 0, qd = 0;
        for (int i = 0; i < wanted.Length; i++)
        {
            Vector2 origin = projected[i][triangle.A], p = projected[i][triangle.B] - origin, q = projected[i][triangle.C] - origin, d = wanted[i] - origin;
            if (d.Length() < Farthest)
            {
                pp += Vector2.Dot(p, p);
                pq += Vector2.Dot(p, q);
                qq += Vector2.Dot(q, q);
                pd += Vector2.Dot(p, d);
                qd += Vector2.Dot(q, d);
            }
        }

        double determinant = (pp * qq) - (pq * pq);
        float second = (float)Math.Clamp(((pd * qq) - (qd * pq)) / determinant, 0, 1), third = (float)Math.Clamp(((qd * pp) - (pd * pq)) / determinant, 0, 1);
        float sum = Math.Max(1, second + third);
        (second, third) = (second / sum, third / sum);
        double cost = Cost(wanted, frame =>
        {
            Vector2[] all = projected[frame];
            return (all[triangle.A] * (1 - second - third)) + (all[triangle.B] * second) + (all[triangle.C] * third);
        });
        return ((triangle.A, triangle.B, triangle.C, second, third), cost);
    }

    private static double Cost(Vector2[] wanted, Func<int, Vector2> place)
    {
        double sum = 0;
        for (int i = 0; i < wanted.Length; i++)
        {
            sum += Math.Min(Vector2.Distance(wanted[i], place(i)), Farthest);
        }

        return sum / wanted.Length;
    }
}
