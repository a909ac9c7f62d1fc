using System.Collections.Concurrent;
using System.Numerics;
using VideoGaze.Faces.Gaze;
using VideoGaze.Performers.Assets;
using VideoGaze.Performers.People;
using VideoGaze.Performers.Props;
using VideoGaze.Performers.Raster;
using VideoGaze.Performers.Textures;
using static VideoGaze.Performers.Posing.FaceMeasures;

namespace VideoGaze.Performers.Posing;

/// <summary>
/// A person ready to be posed: the identity's head at rest, and what has to be measured on it once (how far blinks must go, how far the jaw rises to shut
/// the lips). Immutable, safe for several threads; posing makes a new <see cref="PosedPerformer"/>.
/// </summary>
public sealed class Performer
{
    private readonly Vector3[] head;
    private readonly Vector3[] hair;
    private readonly HeadwearShape? headwear;
    private readonly float[] neckWeights;
    private readonly float[] hairNeckWeights;
    private readonly Lazy<Topology> topology;
    private readonly Lazy<Performer> meanFace;
    private readonly ConcurrentDictionary<int, Lazy<PerformerTextures>> textures = new();

    /// <summary>Builds a person. Takes about 0.1 s.</summary>
    /// <param name="assets">The opened pack.</param>
    /// <param name="identity">Who it is.</param>
    /// <exception cref="ArgumentException">The identity names a hair style the pack lacks, or has too many coefficients.</exception>
    public Performer(PerformerAssets assets, PerformerIdentity identity)
    {
        ArgumentNullException.ThrowIfNull(assets);
        ArgumentNullException.ThrowIfNull(identity);
        Assets = assets;
        Identity = identity;
        HeadMesh mesh = assets.Head;
        Vector3[] offsets = IdentityShape.Offsets(assets, identity);
        head = new Vector3[mesh.Neutral.Length];
        for (int i = 0; i < head.Length; i++)
        {
            head[i] = mesh.Neutral[i] + offsets[i];
        }

        Eyeballs = new(Eyeball.Fit(assets.LeftEye, mesh.Neutral, offsets), Eyeball.Fit(assets.RightEye, mesh.Neutral, offsets));
        Eyeballs.Left.PlaceAtRest(mesh.Neutral, head);
        Eyeballs.Right.PlaceAtRest(mesh.Neutral, head);
        for (int i = 0; i < HeadMesh.SkinEnd; i++)
        {
            head[i] += mesh.NeutralNormals[i] * Collar.Thickness(identity.Clothes, mesh.Neutral[i]);
        }

        HairStyle = identity.Hair.Style is string style && identity.Headwear?.Kind != HeadwearKind.Headscarf ? assets.Hair(style) : null;
        hair = HairStyle is null ? [] : HairShape.AtRest(HairStyle, identity.Hair, offsets);
        headwear = identity.Headwear is HeadwearLook worn ? new(head, mesh.Landmarks68, worn) : null;
        headwear?.Press(hair);
        neckWeights = [.. mesh.Neutral.Select((vertex, index) => HeadMesh.NeckWeight(index, vertex))];
        hairNeckWeights = HairStyle is null ? [] : HairShape.NeckWeights(HairStyle, hair, neckWeights);

        topology = new(() => Topology.Of(this).With(Worn()));
        meanFace = new(() => new(assets, identity with { Shape = [], Asymmetry = [], Hair = identity.Hair with { Style = null }, Glasses = null, Headwear = null }));
        RestJaw = MeasureRestJaw();
        RestLidGap = MeasureLidGaps(0);
        EyePair<float> shut = MeasureLidGaps(1);
        BlinkGain = new(GainOf(RestLidGap.Left, shut.Left), GainOf(RestLidGap.Right, shut.Right));
    }

    /// <summary>Who this is.</summary>
    public PerformerIdentity Identity { get; }

    internal PerformerAssets Assets { get; }

    internal HairMesh? HairStyle { get; }

    internal EyePair<Eyeball> Eyeballs { get; }

    /// <summary>Weight of the jaw (0 or below) that shuts the lips at rest; some identities' lips else show a slit.</summary>
    internal float RestJaw { get; }

    /// <summary><see cref="LidGap"/> of each eye at rest, looking ahead.</summary>
    internal EyePair<float> RestLidGap { get; }

    /// <summary>What a blink's weight must be multiplied by so that 1 just shuts the eye; 0.6 to 1.8.</summary>
    internal EyePair<float> BlinkGain { get; }

    /// <summary>Triangles, for drawing; made when first needed.</summary>
    internal Topology Topology => topology.Value;

    /// <summary>The head at rest, head frame.</summary>
    internal ReadOnlySpan<Vector3> RestHead => head;

    /// <summary>The hair at rest, head frame.</summary>
    internal ReadOnlySpan<Vector3> RestHair => hair;

    /// <summary>
    /// The directions both eyes must turn to, in the head, to look at a point. Only head, body and position of the pose matter. Not limited:
    /// see <see cref="EyeReach"/>.
    /// </summary>
    /// <param name="target">Camera frame, cm.</param>
    /// <param name="pose">Where the head is.</param>
    public EyePair<GazeAngles> LookAt(Vector3 target, PerformerPose pose)
    {
        ArgumentNullException.ThrowIfNull(pose);
        HeadPlacement placement = new(pose);
        return Eyeballs.Select(eye => Rotations.InHead(placement.DirectionToHead(target - placement.ToCamera(eye.Centre))));
    }

    /// <summary>Midpoint of the eyeball centres, camera frame, cm. Only head, body and position of the pose matter.</summary>
    public Vector3 EyesMidpoint(PerformerPose pose)
    {
        ArgumentNullException.ThrowIfNull(pose);
        return new HeadPlacement(pose).ToCamera((Eyeballs.Left.Centre + Eyeballs.Right.Centre) / 2);
    }

    /// <summary>Puts the person in a pose.</summary>
    public PosedPerformer Pose(PerformerPose pose)
    {
        ArgumentNullException.ThrowIfNull(pose);
        EyePair<GazeAngles> gaze = new(pose.LeftGaze, pose.RightGaze);
        EyePair<float> blink = new(pose.BlinkLeft * BlinkGain.Left, pose.BlinkRight * BlinkGain.Right);
        Span<float> weights = stackalloc float[ExpressionNames.Count];
        WeightsOf(pose.Expression, gaze, weights);
        LidFollowing.Apply(weights, gaze, blink);

        int headCount = head.Length, torsoCount = Assets.TorsoVertices.Length;
        var vertices = new Vector3[headCount + torsoCount + hair.Length];
        Span<Vector3> deformed = vertices.AsSpan(0, headCount);
        Deform(weights, deformed);
        EyePair<Quaternion> optical = new(OpticalTurn(gaze.Left, 1), OpticalTurn(gaze.Right, -1));
        Eyeballs.Left.Turn(optical.Left, head, deformed);
        Eyeballs.Right.Turn(optical.Right, head, deformed);
        Assets.TorsoVertices.CopyTo(vertices, headCount);
        hair.CopyTo(vertices, headCount + torsoCount);

        EyePair<LidLandmarks> lids = LidLandmarks.Both;
        EyePair<float> gaps = new(LidGap(deformed, Assets.Head.Landmarks68, lids.Left), LidGap(deformed, Assets.Head.Landmarks68, lids.Right));
        EyePair<float> apertures = new(Aperture(deformed, Assets.Head.Landmarks68, lids.Left), Aperture(deformed, Assets.Head.Landmarks68, lids.Right));
        HeadPlacement placement = new(pose);
        placement.MoveToCamera(vertices, Weight);

        return new PosedPerformer(this, pose, vertices, placement, new(EyeOf(Eyeballs.Left, gaze.Left, optical.Left), EyeOf(Eyeballs.Right, gaze.Right, optical.Right)), gaps, apertures);

        float Weight(int index) => index < headCount ? neckWeights[index] : index < headCount + torsoCount ? 0 : hairNeckWeights[index - headCount - torsoCount];

        PosedEye EyeOf(Eyeball eye, GazeAngles visual, Quaternion opticalTurn) =>
            new(placement.ToCamera(eye.Centre), placement.HeadToCamera * Rotations.Of(visual), placement.HeadToCamera * opticalTurn, eye.Scale);
    }

    /// <summary>The mean head with this person's resting face in a pose: its vertices, camera frame, cm.</summary>
    internal ReadOnlySpan<Vector3> MeanFace(PerformerPose pose) => meanFace.Value.Pose(pose).Vertices;

    /// <summary>Painted when first needed.</summary>
    /// <param name="size">Side of the skin textures, pixels.</param>
    internal PerformerTextures Textures(int size) => textures.GetOrAdd(size, side => new(() => PerformerTextures.Paint(Assets, this, side))).Value;

    // What belongs to the person and turns with the head.
    private List<AttachedMesh> Worn()
    {
        List<AttachedMesh> worn = [];
        if (HairStyle is not null && Identity.Hair.Flyaway > 0 && headwear is null)
        {
            worn.Add(LooseHairs.Build(HairStyle, hair, Identity.Hair, new Random(Identity.WornSeed ?? Identity.Seed)));
        }

        if (Identity.Glasses is GlassesLook glasses)
        {
            worn.Add(GlassesMesh.Build(this, glasses));
        }

        if (headwear is not null)
        {
            worn.Add(headwear.Build());
        }

        return worn;
    }

    private void WeightsOf(Expression expression, EyePair<GazeAngles> gaze, Span<float> weights)
    {
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = Identity.RestExpression[(ExpressionShape)i] + expression[(ExpressionShape)i];
        }

        // The jaw shuts the lips at rest, and lets go as the mouth opens.
        ref float jaw = ref weights[(int)ExpressionShape.JawOpen];
        jaw += RestJaw * (1 - Math.Clamp(jaw / 0.05f, 0, 1));
        float squintShare = LidFollowing.SquintShare(gaze);
        foreach (ExpressionShape squint in (ReadOnlySpan<ExpressionShape>)[ExpressionShape.EyeSquintLeft, ExpressionShape.EyeSquintRight])
        {
            weights[(int)squint] = squintShare * Math.Clamp(weights[(int)squint], -0.2f, 1);
        }
    }

    private void Deform(ReadOnlySpan<float> weights, Span<Vector3> vertices)
    {
        head.CopyTo(vertices);
        for (int i = 0; i < weights.Length; i++)
        {
            Assets.Expressions.Add((ExpressionShape)i, weights[i], vertices);
        }
    }

    // The optical axis lies kappa to the temple of the visual axis: to the left in the left eye, to the right in the right.
    private Quaternion OpticalTurn(GazeAngles visual, int temple) =>
        Rotations.Of(visual) * Rotations.Of(new GazeAngles(temple * Identity.Eyes.KappaTemporal, Identity.Eyes.KappaVertical));

    private float MeasureRestJaw()
    {
        int[] landmarks = Assets.Head.Landmarks68;
        float gap = LipGap(landmark => head[landmarks[landmark]]).Y;
        float gapPerJaw = LipGap(landmark => Assets.Expressions.OffsetOf(ExpressionShape.JawOpen, landmarks[landmark])).Y;
        return Math.Clamp(-gap / Math.Max(gapPerJaw, 1e-3f), -0.12f, 0);
    }

    private EyePair<float> MeasureLidGaps(float blink)
    {
        Span<float> weights = stackalloc float[ExpressionNames.Count];
        foreach ((ExpressionShape shape, float weight) in Identity.RestExpression.Parts())
        {
            weights[(int)shape] = weight;
        }

        LidFollowing.Apply(weights, default, new(blink, blink));
        var vertices = new Vector3[head.Length];
        Deform(weights, vertices);
        return LidLandmarks.Both.Select(lids => LidGap(vertices, Assets.Head.Landmarks68, lids));
    }

    private static float GainOf(float open, float shut) => Math.Clamp((open - ShutGap) / Math.Max(open - shut, 1e-3f), 0.6f, 1.8f);
}
