using System.Globalization;
using System.Numerics;
using VideoGaze.Cli.Tests.Support;
using VideoGaze.Performers.Truth;

namespace VideoGaze.Cli.Tests;

/// <summary>
/// The exact mesh of a rendered face means by each point what the public mesh network means by it. With <c>VIDEOGAZE_WRITE_MESH_PLACES=FILE</c> the places are chosen anew and written, as
/// <c>src/Performers/Truth/mesh-places.txt</c> was (400 pictures, a minute).
/// </summary>
[Collection(Tool.OneAtATime)]
public sealed class MeshOnPerformersTests
{
    private const string Write = "VIDEOGAZE_WRITE_MESH_PLACES";

    [Fact]
    public void The_public_mesh_network_finds_its_points_where_the_exact_mesh_has_them()
    {
        string? goal = Environment.GetEnvironmentVariable(Write);
        using SeenMeshes seen = new(goal is null ? 24 : 400, goal is null ? 900 : 0);
        if (goal is not null)
        {
            File.WriteAllText(goal, MeshPlaceFit.Of(seen).ToText());
        }

        // Means over the pictures, shares of the distance of the outer eye corners, of the points other than those of irises.
        Vector2[] offsets = new Vector2[MeshPlaces.Count];
        double[] distances = new double[MeshPlaces.Count];
        foreach (SeenMesh one in seen.All)
        {
            Vector2[] exact = [.. MeshPlaces.On(one.Vertices).Select(one.Camera.Project)];
            for (int i = 0; i < exact.Length; i++)
            {
                Vector2 offset = (one.Mesh.At(i) - exact[i]) / one.EyeDistance;
                offsets[i] += offset / seen.All.Count;
                distances[i] += offset.Length() / seen.All.Count;
            }
        }

        string table = string.Create(
            CultureInfo.InvariantCulture,
            $"{seen.All.Count} faces: distance median {Median(distances):0.0000} worst {distances.Max():0.0000} at {Array.IndexOf(distances, distances.Max())}; mean offset median {Median([.. offsets.Select(o => (double)o.Length())]):0.0000} worst {offsets.Max(o => o.Length()):0.0000}");
        TestContext.Current.TestOutputHelper?.WriteLine(table);
        Assert.True(Median(distances) < 0.03 && distances.Max() < 0.08, table);
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
}
