using System.Numerics;
using VideoGaze.Performers.Assets;
using VideoGaze.Performers.People;
using VideoGaze.Performers.Raster;

namespace VideoGaze.Performers.Props;

/// <summary>Headwear fitted to one head at rest. Head frame, cm.</summary>
internal sealed class HeadwearShape
{
    private const int Columns = 56;
    private const int Rows = 18;

    // Hair below a hat is pressed to so much; the hat stands over it.
    private const float PressedHair = 0.5f;
    private const float Clearance = 0.85f;

    // Edge of a hat: a plane through the forehead above the brows and the nape. Heights over the brows and over the eyes' height at the ears' place.
    private const float OverBrows = 2.9f;
    private const float RimSlope = 0.34f;

    private readonly HeadProfile profile;
    private readonly HeadwearLook look;
    private readonly Vector3[] landmarks;
    private readonly Vector3 front;

    public HeadwearShape(ReadOnlySpan<Vector3> head, int[] landmarks68, HeadwearLook look)
    {
        this.look = look;
        landmarks = new Vector3[landmarks68.Length];
        for (int i = 0; i < landmarks.Length; i++)
        {
            landmarks[i] = head[landmarks68[i]];
        }

        Vector3 brows = (landmarks[19] + landmarks[24]) / 2;
        front = new(0, brows.Y + OverBrows - look.Depth, brows.Z);
        bool isScarf = look.Kind == HeadwearKind.Headscarf;
        profile = new(head[..HeadMesh.SkinEnd], withoutEars: !isScarf, smoothings: isScarf ? 5 : 3);
    }

    /// <summary>Presses hair that is below a hat to the head.</summary>
    public void Press(Span<Vector3> hair)
    {
        for (int i = 0; i < hair.Length; i++)
        {
            Vector3 from = hair[i] - HeadProfile.Middle;
            float length = from.Length();
            Vector3 direction = from / Math.Max(length, 1e-3f);

            // Loosens over four centimetres below the edge.
            float free = Math.Clamp((RimHeight(hair[i].Z) - 0.2f - hair[i].Y) / 4, 0, 1);
            float most = profile.RadiusAt(direction) + PressedHair + (6 * free * free);
            hair[i] = HeadProfile.Middle + (direction * Math.Min(length, most));
        }
    }

    /// <summary>The headwear as a mesh.</summary>
    public AttachedMesh Build()
    {
        var builder = new MeshBuilder();
        if (look.Kind == HeadwearKind.Headscarf)
        {
            Scarf(builder);
        }
        else
        {
            Dome(builder);
            if (look.Kind == HeadwearKind.Cap)
            {
                Peak(builder);
            }
        }

        return builder.Build();
    }

    // Height of a hat's edge at a depth.
    private float RimHeight(float z) => front.Y + (RimSlope * (z - front.Z));

    private void Dome(MeshBuilder builder)
    {
        bool isKnitted = look.Kind == HeadwearKind.Beanie;
        List<Vector3> points = [];
        for (int row = 0; row <= Rows; row++)
        {
            float share = row / (float)Rows;

            // A knitted hat has a cuff over its lowest third and stands up a little on top; a cap is stiff.
            float cuff = isKnitted ? 0.35f * HeadMesh.SmoothStep(0.70f, 0.73f, share) : 0;
            float loft = isKnitted ? 0.9f * MathF.Pow(1 - share, 2) : 0.5f * MathF.Pow(1 - share, 2);
            for (int column = 0; column < Columns; column++)
            {
                points.Add(OnDome(column, share, Clearance + cuff + loft));
            }
        }

        // The edge turns in.
        for (int column = 0; column < Columns; column++)
        {
            points.Add(OnDome(column, 1, 0.1f));
        }

        builder.Grid(points, Columns, closed: true, HeadMaterial.Headwear);
    }

    private Vector3 OnDome(int column, float share, float over) => OnDome(2 * MathF.PI * column / Columns, share, over);

    // From the crown (share 0) to the edge (1) at an angle about the head, 0 in front.
    private Vector3 OnDome(float around, float share, float over)
    {
        (float side, float ahead) = MathF.SinCos(around);
        float least = 0, most = MathF.PI * 0.75f;
        for (int i = 0; i < 18; i++)
        {
            float polar = (least + most) / 2;
            Vector3 at = Surface(polar);
            (least, most) = at.Y > RimHeight(at.Z) ? (polar, most) : (least, polar);
        }

        return Surface(least * share);

        Vector3 Surface(float polar)
        {
            (float sine, float cosine) = MathF.SinCos(polar);
            Vector3 direction = new(side * sine, cosine, ahead * sine);
            return HeadProfile.Middle + (direction * (profile.RadiusAt(direction) + over));
        }
    }

    // A peak of seven centimetres before the forehead, bent over its width.
    private void Peak(MeshBuilder builder)
    {
        const int Steps = 20, Deep = 7;
        const float Widest = 1.05f, Length = 7, Drop = 0.22f, Bend = 0.022f;
        List<Vector3> upper = [];
        for (int deep = 0; deep <= Deep; deep++)
        {
            for (int step = 0; step <= Steps; step++)
            {
                float aside = ((2f * step / Steps) - 1) * Widest;
                Vector3 rim = OnDome(aside, 0.985f, Clearance - 0.1f);
                float length = Length * MathF.Pow(Math.Max(0, 1 - MathF.Pow(MathF.Abs(aside) / Widest, 2.4f)), 0.6f) * deep / Deep;
                upper.Add(rim + new Vector3(rim.X * 0.03f * length / Length, (-Drop * length) - (Bend * rim.X * rim.X * length / Length), length));
            }
        }

        builder.Grid(upper, Steps + 1, closed: false, HeadMaterial.Headwear);
        builder.Grid([.. upper.Select(point => point - new Vector3(0, 0.18f, 0.02f))], Steps + 1, closed: false, HeadMaterial.Headwear, flipped: true);
    }

    // Rings about the axis out of the face: from the opening around the face over ears and neck to the back of the head.
    private void Scarf(MeshBuilder builder)
    {
        const float Thickness = 0.85f, Lowest = -14.5f;
        float up = OpeningTo((landmarks[19] + landmarks[24]) / 2, 0.30f - (0.03f * look.Depth)), aside = OpeningTo((landmarks[1] + (landmarks[15] * new Vector3(-1, 1, 1))) / 2, -0.04f), down = OpeningTo(landmarks[8], 0.10f);
        List<Vector3> points = [];
        for (int row = -1; row <= Rows + 6; row++)
        {
            for (int column = 0; column < Columns; column++)
            {
                (float sine, float cosine) = MathF.SinCos(2 * MathF.PI * column / Columns);
                float opening = ((cosine > 0 ? up : down) * cosine * cosine) + (aside * sine * sine);
                float polar = float.Lerp(opening, MathF.PI, Math.Max(row, 0) / (float)(Rows + 6));
                (float out0, float ahead) = MathF.SinCos(polar);
                Vector3 direction = new(sine * out0, cosine * out0, ahead);

                // The first ring is the hem's inner edge; folds run down from the temples, and the cloth lies on the chest.
                float fold = 0.14f * MathF.Sin((9 * MathF.Atan2(sine, cosine)) + (2 * MathF.Sin(3 * polar))) * Math.Clamp(row / 4f, 0, 1);
                float radius = profile.RadiusAt(direction) + (row < 0 ? 0.05f : Thickness + (0.12f * MathF.Exp(-row)) + fold);
                if (direction.Y < 0)
                {
                    radius = Math.Min(radius, (HeadProfile.Middle.Y - Lowest) / -direction.Y);
                }

                points.Add(HeadProfile.Middle + (direction * radius));
            }
        }

        builder.Grid(points, Columns, closed: true, HeadMaterial.Headwear, flipped: true);
    }

    // Angle between the axis out of the face and a place on the face, and so much more.
    private static float OpeningTo(Vector3 place, float more)
    {
        Vector3 direction = Vector3.Normalize(place - HeadProfile.Middle);
        return MathF.Acos(direction.Z) + more;
    }
}
