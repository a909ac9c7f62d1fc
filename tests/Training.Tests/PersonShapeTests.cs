using System.Numerics;
using VideoGaze.Faces.Appearance;
using VideoGaze.Faces.Geometry;
using VideoGaze.Training.Data.Landmarks;

namespace VideoGaze.Training.Tests;

public sealed class PersonShapeTests
{
    private static readonly int[] Mouth = [13, 14, 17, 0, 61, 291];
    private static readonly Vector3 LongerNose = new(0, 0.08f, 0), FullerLips = new(0, 0.05f, 0), FallenJaw = new(0, 0.1f, 0);
    private static readonly PersonShape Shape = new(Poses(_ => Vector3.Zero));

    [Fact]
    public void What_is_a_persons_own_goes_and_expression_stays()
    {
        // A person with a longer nose and fuller lips who opens the mouth, and the mean face that does the same.
        FaceMesh[] person = Poses(Own, Talks), mean = Poses(_ => Vector3.Zero, Talks);
        IReadOnlyList<Vector2[]> registered = Shape.Without(person);
        for (int pose = 0; pose < person.Length; pose++)
        {
            foreach (int point in (int[])[MeshTopology.NoseTip, .. Mouth])
            {
                float before = Vector2.Distance(person[pose].At(point), mean[pose].At(point)), after = Vector2.Distance(registered[pose][point], mean[pose].At(point));
                Assert.True(before > 4, $"The test shows no difference at {point}.");

                // A sixth of the one open mouth counts as the person's: 1.7 of 5 pixels. The rest is what alignment by a few points leaves.
                Assert.True(after < (point is 14 or 17 ? 0.4f : 0.1f) * before, $"Pose {pose}, point {point}: {before} px from the mean face before, {after} after.");
            }
        }

        // How far the lower lip falls between two frames of the same turn is as before.
        float spoken = Vector2.Distance(person[4].At(14), person[5].At(14)), kept = Vector2.Distance(registered[4][14], registered[5][14]);
        Assert.True(spoken > 5);
        Assert.InRange(kept, 0.95f * spoken, 1.05f * spoken);
    }

    [Fact]
    public void Lids_and_outline_stay_to_the_pixel_and_the_mean_face_stays_as_it_is()
    {
        FaceMesh[] person = Poses(Own);
        IReadOnlyList<Vector2[]> registered = Shape.Without(person);
        for (int pose = 0; pose < person.Length; pose++)
        {
            Assert.All((int[])[.. MeshTopology.ImageLeftEye, .. MeshTopology.ImageRightEye, .. MeshTopology.FaceOval], i => Assert.Equal(person[pose].At(i), registered[pose][i]));
        }

        FaceMesh[] mean = Poses(_ => Vector3.Zero);
        Assert.All(mean.Zip(Shape.Without(mean)), pair => Assert.All(Enumerable.Range(0, FaceLayout.PointCount), i => Assert.True(Vector2.Distance(pair.First.At(i), pair.Second[i]) < 0.05f)));
    }

    private static Vector3 Own(int point) => point == MeshTopology.NoseTip ? LongerNose : Mouth.Contains(point) ? FullerLips : Vector3.Zero;

    private static Vector3 Talks(int point, int frame) => frame == 5 && (point is 14 or 17) ? FallenJaw : Vector3.Zero;

    /// <summary>The mean face with what is a person's own, six times in three turns.</summary>
    private static FaceMesh[] Poses(Func<int, Vector3> own, Func<int, int, Vector3>? expression = null) =>
    [
        .. Enumerable.Range(0, 6).Select(frame =>
        {
            Quaternion turn = Quaternion.CreateFromYawPitchRoll((frame / 2 * 0.3f) - 0.3f, 0.1f, 0.05f);
            Vector3[] points = new Vector3[FaceMesh.PointCount];
            for (int i = 0; i < FaceLayout.PointCount; i++)
            {
                points[i] = (Vector3.Transform(FaceLayout.Mean[i] + own(i) + (expression?.Invoke(i, frame) ?? Vector3.Zero), turn) * 100) + new Vector3(200, 210, 0);
            }

            return new FaceMesh(points, 1);
        }),
    ];
}
