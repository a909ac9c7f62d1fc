using System.Numerics;
using VideoGaze.Performers.Assets;
using VideoGaze.Performers.People;
using VideoGaze.Performers.Posing;
using VideoGaze.Performers.Truth;

namespace VideoGaze.Performers.Directing;

/// <summary>A script with its performers: poses and truth of every frame, without pictures. Immutable, safe for several threads; frames may be asked for in any order.</summary>
public sealed class Performance
{
    private readonly RoleDirector[] directors;
    private readonly PlantedFault? fault;

    /// <summary>Casts a script. Takes about 0.1 s a performer.</summary>
    /// <param name="assets">The opened pack.</param>
    /// <param name="script">What is played.</param>
    /// <param name="voice">Loudness that moves the mouths of those who talk; null: they talk in phrases by chance.</param>
    public Performance(PerformerAssets assets, Script script, Loudness? voice = null)
    {
        ArgumentNullException.ThrowIfNull(assets);
        ArgumentNullException.ThrowIfNull(script);
        Script = script;
        Performers = [.. script.Roles.Select(role => new Performer(assets, role.Person))];
        directors = [.. script.Roles.Select((role, index) => new RoleDirector(script, index, Performers[index], PartnerOf(role), voice))];

        Vector3? PartnerOf(Role role) => role.Gaze is Glances { Partner: { } partner } ? RoleDirector.EyesAtRest(script.Roles[partner], Performers[partner]) : null;
    }

    private Performance(Performance original, IReadOnlyList<Performer> performers, PlantedFault? fault)
    {
        Script = original.Script;
        directors = original.directors;
        Performers = performers;
        this.fault = fault;
    }

    /// <summary>What is played.</summary>
    public Script Script { get; }

    /// <summary>Who plays, role by role.</summary>
    public IReadOnlyList<Performer> Performers { get; }

    /// <summary>
    /// The true swap: the same performance with another person's face on the first role. Pose, expression, light and the directions of the eyes stay those of the
    /// original, angle by angle; the hair, clothes and spectacles too.
    /// </summary>
    /// <param name="assets">The opened pack.</param>
    /// <param name="identity">Whose face it becomes.</param>
    public Performance Swapped(PerformerAssets assets, PerformerIdentity identity)
    {
        ArgumentNullException.ThrowIfNull(identity);
        return new(this, [new Performer(assets, identity.InPlaceOf(Script.Roles[0].Person)), .. Performers.Skip(1)], fault);
    }

    /// <summary>The same performance with something wrong in the eyes of the first role.</summary>
    public Performance With(PlantedFault planted) => new(this, Performers, planted);

    /// <summary>What a role does in a frame, or null while it is not there. The directions of the eyes are those of the original cast.</summary>
    public RoleMoment? MomentOf(int role, long frame)
    {
        PlantedFault? planted = role == 0 ? fault : null;
        RoleMoment? moment = directors[role].At((float)Script.Rate.TimeOf(planted?.FrameFor(frame) ?? frame));
        return moment is null || planted is null ? moment : moment with { Pose = planted.In(moment.Pose) };
    }

    /// <summary>The truth of a frame.</summary>
    public TruthFrame TruthOf(long frame)
    {
        List<TruthPerson> persons = [];
        for (int role = 0; role < Performers.Count; role++)
        {
            if (MomentOf(role, frame) is { } moment)
            {
                persons.Add(new(PerformerLabels.Of(Performers[role].Pose(moment.Pose), Script.Camera, moment.Target), moment.Pattern));
            }
        }

        return new(frame, Script.Rate.TimeOf(frame), Script.Camera, persons);
    }
}
