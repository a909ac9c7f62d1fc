using System.Numerics;
using VideoGaze.Performers.Assets;
using VideoGaze.Performers.People;
using VideoGaze.Performers.Posing;
using VideoGaze.Performers.Raster;

namespace VideoGaze.Performers.Props;

/// <summary>Spectacles fitted to a head at rest: two lenses before the eyes, a bridge over the nose, bars to the ears. Head frame, cm.</summary>
internal static class GlassesMesh
{
    private const int OutlinePoints = 40;

    // Distance from the cornea to the lens: 12 mm is what opticians aim for; more where the brow or the nose needs it.
    private const float VertexDistance = 1.2f;

    // Lenses bend around the face and lean in at the cheeks (pantoscopic tilt of 7 degrees).
    private const float Wrap = 0.032f;
    private const float Tilt = 0.12f;

    public static AttachedMesh Build(Performer performer, GlassesLook look)
    {
        var builder = new MeshBuilder();
        Fit fit = new(performer, look);
        foreach (int side in (ReadOnlySpan<int>)[1, -1])
        {
            Vector3[] outline = fit.Outline(side);
            builder.Tube(outline, _ => look.RimRadius, closed: true, HeadMaterial.GlassesFrame);
            builder.Sheet(outline, dome: 0.06f, HeadMaterial.Lens);
            builder.Tube(fit.Temple(side), _ => look.RimRadius * 0.9f, closed: false, HeadMaterial.GlassesFrame);
        }

        builder.Tube(fit.Bridge(), _ => look.RimRadius * 1.1f, closed: false, HeadMaterial.GlassesFrame);
        return builder.Build();
    }

    /// <summary>Where the parts go on one head.</summary>
    private sealed class Fit
    {
        private readonly GlassesLook look;
        private readonly Vector3 eye;
        private readonly float plane;
        private readonly float halfWidth;
        private readonly float halfHeight;
        private readonly float power;
        private readonly Vector3[] head;

        public Fit(Performer performer, GlassesLook look)
        {
            this.look = look;
            Vector3 left = performer.Eyeballs.Left.Centre, right = performer.Eyeballs.Right.Centre;
            eye = new((left.X - right.X) / 2, (left.Y + right.Y) / 2, (left.Z + right.Z) / 2);
            ReadOnlySpan<Vector3> head = performer.RestHead;
            int[] landmarks = performer.Assets.Head.Landmarks68;
            float cornea = eye.Z + (EyeRig.CorneaApex * performer.Eyeballs.Left.Scale);
            plane = Math.Max(cornea + VertexDistance + (Wrap * eye.X * eye.X), head[landmarks[27]].Z + 0.25f);
            plane = Math.Max(plane, head[landmarks[19]].Z + 0.2f + (Wrap * eye.X * eye.X));
            (halfWidth, halfHeight, power) = look.Shape switch
            {
                LensShape.Rectangular => (2.45f * look.Size, 1.6f * look.Size, 4.5f),
                LensShape.Round => (2.15f * look.Size, 2.1f * look.Size, 2f),
                _ => (2.35f * look.Size, 1.9f * look.Size, 2.7f),
            };
            halfWidth = Math.Min(halfWidth, eye.X + 0.1f - 0.65f);
            this.head = [.. head[..HeadMesh.SkinEnd]];
        }

        private float CentreX => eye.X + 0.1f;

        private float CentreY => eye.Y - 0.3f;

        public Vector3[] Outline(int side)
        {
            var outline = new Vector3[OutlinePoints];
            for (int i = 0; i < outline.Length; i++)
            {
                (float sine, float cosine) = MathF.SinCos(2 * MathF.PI * i / OutlinePoints);
                float x = halfWidth * MathF.Sign(cosine) * MathF.Pow(MathF.Abs(cosine), 2 / power);
                float y = halfHeight * MathF.Sign(sine) * MathF.Pow(MathF.Abs(sine), 2 / power);

                // Wider above than below, as most frames are.
                x *= 1 + (0.06f * y / halfHeight);
                outline[i] = OnPlane(side * (CentreX + x), CentreY + y);
            }

            return outline;
        }

        public Vector3[] Bridge()
        {
            float inner = CentreX - halfWidth, y = CentreY + (0.3f * halfHeight);
            return
            [
                OnPlane(inner + 0.05f, y), OnPlane(inner * 0.6f, y + 0.28f) + new Vector3(0, 0, 0.12f), OnPlane(0, y + 0.36f) + new Vector3(0, 0, 0.18f),
                OnPlane(-inner * 0.6f, y + 0.28f) + new Vector3(0, 0, 0.12f), OnPlane(-inner - 0.05f, y),
            ];
        }

        // From the hinge along the side of the head, clear of it, and down behind the ear.
        public Vector3[] Temple(int side)
        {
            Vector3 hinge = OnPlane(side * (CentreX + halfWidth), CentreY + (0.55f * halfHeight));
            float y = eye.Y + 0.9f, x = MathF.Abs(hinge.X);
            List<Vector3> path = [hinge];
            foreach (float z in (ReadOnlySpan<float>)[hinge.Z - 0.6f, 7.5f, 6, 4.5f, 3, 1.5f, 0])
            {
                x = Math.Max(x, HalfWidthOfHead(z) + 0.12f);
                path.Add(new(side * x, float.Lerp(hinge.Y, y, Math.Clamp((hinge.Z - z) / 6, 0, 1)), z));
            }

            path.Add(new(side * x, y - 0.6f, -1.2f));
            path.Add(new(side * x * 0.98f, y - 2.4f, -2));
            return [.. path];
        }

        // At the height of the bars, above the ears.
        private float HalfWidthOfHead(float z)
        {
            float widest = 0;
            foreach (Vector3 vertex in head)
            {
                if (vertex.Y > eye.Y + 0.5f && vertex.Y < eye.Y + 1.8f && MathF.Abs(vertex.Z - z) < 0.7f)
                {
                    widest = Math.Max(widest, MathF.Abs(vertex.X));
                }
            }

            return Math.Min(widest, 7.6f);
        }

        private Vector3 OnPlane(float x, float y) => new(x, y, plane - (Wrap * x * x) + (Tilt * (y - CentreY)));
    }
}
