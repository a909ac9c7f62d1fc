using System.Numerics;
using VideoGaze.Performers.Lighting;
using VideoGaze.Performers.People;
using VideoGaze.Performers.Scenes;
using VideoGaze.Performers.Textures;

namespace VideoGaze.Performers.Directing;

/// <summary>What may be changed about a named script; null leaves it as it is written.</summary>
public sealed record ScriptWishes
{
    /// <summary>Who plays, role by role; roles without an entry keep theirs.</summary>
    public IReadOnlyList<PerformerIdentity> Cast { get; init; } = [];

    /// <summary>Width and height in pixels.</summary>
    public (int Width, int Height)? Size { get; init; }

    /// <summary>Frames a second.</summary>
    public FrameRate? Rate { get; init; }

    /// <summary>Length; what happens is stretched along.</summary>
    public float? Seconds { get; init; }

    /// <summary>Of everything that is left to chance.</summary>
    public int Seed { get; init; } = 1;
}

/// <summary>A script that can be asked for by name.</summary>
/// <param name="Name">As typed.</param>
/// <param name="Summary">What happens, one line.</param>
/// <param name="Roles">How many people play.</param>
public sealed record ScriptTitle(string Name, string Summary, int Roles);

/// <summary>The named scripts.</summary>
public static class Scripts
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<ScriptTitle> All { get; } =
    [
        new("talk", "one person talks into the camera and looks around: saccades, blinks, head to 25 degrees (A, 1280x720, 10 s)", 1),
        new("two", "two people; the right one talks, they look at each other at times (C, D, 1280x720, 6 s)", 2),
        new("edges", "nobody, then someone enters, turns to 60 degrees, shuts the eyes, looks down, and the light goes (E, 854x480, 6 s)", 1),
        new("sweep", "a still head whose eyes visit a grid of 5x5 directions, for measuring against (F, 512x512, 8 s)", 1),
        new("profile", "turns from one profile to the other while the eyes stay on the camera as long as they reach it (G, 1280x720, 8 s)", 1),
        new("lowlight", "talks while the light falls to a twentieth and comes back, with the noise that brings (H, 1280x720, 8 s)", 1),
        new("random", "one or two people, place, light, camera and behaviour by the seed (1280x720, 8 s)", 1),
    ];

    /// <summary>Writes a script.</summary>
    /// <param name="name">One of <see cref="All"/>.</param>
    /// <param name="wishes">What is to be different.</param>
    /// <exception cref="ArgumentException">There is no such script, or more people are cast than play.</exception>
    public static Script Write(string name, ScriptWishes wishes)
    {
        ArgumentNullException.ThrowIfNull(wishes);
        Script script = name switch
        {
            "talk" => Talk(wishes),
            "two" => Two(wishes),
            "edges" => Edges(wishes),
            "sweep" => Sweep(wishes),
            "profile" => Profile(wishes),
            "lowlight" => LowLight(wishes),
            "random" => Drawn(wishes),
            _ => throw new ArgumentException($"There is no script '{name}'; there are {string.Join(", ", All.Select(title => title.Name))}.", nameof(name)),
        };
        return wishes.Cast.Count <= script.Roles.Count
            ? script with { Roles = [.. script.Roles.Select((role, index) => index < wishes.Cast.Count ? role with { Person = wishes.Cast[index] } : role)] }
            : throw new ArgumentException($"The script '{name}' has {(script.Roles.Count == 1 ? "one role" : script.Roles.Count + " roles")}, but {wishes.Cast.Count} people are cast.", nameof(wishes));
    }

    private static Script Talk(ScriptWishes wishes) => Base("talk", wishes, (1280, 720), 10) with
    {
        Roles = [new() { Person = Cast.Find("A"), Talks = true, Head = new() { YawSpread = Radians(13) } }],
        Scene = Place(KnownLights.KeyLeft, BackdropKind.Office, 19),
    };

    private static Script Two(ScriptWishes wishes) => Base("two", wishes, (1280, 720), 6) with
    {
        Focal = (1300f / 1280, 1300f / 720),
        Roles =
        [
            new()
            {
                Person = Cast.Find("C"),
                Position = new(-19, 0.5f, 104),
                Head = new() { MeanYaw = Radians(6), FollowsGaze = 0.5f, YawLimit = Radians(30) },
                Gaze = new Glances { Yaw = Radians(38), Pitch = Radians(18), CameraShare = 0.15f, Partner = 1 },
            },
            new()
            {
                Person = Cast.Find("D"),
                Position = new(18, 0.2f, 98),
                Talks = true,
                Head = new() { MeanYaw = Radians(-6), FollowsGaze = 0.35f, YawLimit = Radians(22) },
                Gaze = new Glances { Yaw = Radians(18), Pitch = Radians(8), CameraShare = 0.65f, Partner = 0 },
            },
        ],
        Scene = Place(KnownLights.Overcast, BackdropKind.Garden, 15),
    };

    private static Script Edges(ScriptWishes wishes)
    {
        Script script = Base("edges", wishes, (854, 480), 6);
        float s = script.Seconds;
        return script with
        {
            Focal = (1000f / 854, 1000f / 480),
            Roles =
            [
                new()
                {
                    Person = Cast.Find("E"),
                    Position = new(0, 0.5f, 92),
                    From = s / 6,
                    IsLively = false,
                    BlinkPause = null,

                    // One ordinary blink, then shut for over a second.
                    Blinks = [new(0.325f * s, 1, 0.07f, 0.03f, 0.12f), new(0.563f * s, 1, 0.08f, 0.16f * s, 0.14f)],
                    Head = HeadMotion.Still with
                    {
                        Aside = KeyCurve.Over(s, (1 / 6f, 62), (0.32f, 0)),
                        Yaw = KeyCurve.Over(s, (1 / 6f, Radians(-35)), (0.3f, Radians(-30)), (0.358f, Radians(-60)), (0.4f, Radians(-60)), (0.467f, Radians(60)), (0.508f, Radians(60)), (0.558f, 0)),
                        Pitch = KeyCurve.Over(s, (0.75f, 0), (0.817f, Radians(-6)), (0.9f, 0)),
                    },
                    Gaze = new EyesInHead
                    {
                        Yaw = KeyCurve.Over(s, (1 / 6f, Radians(-6)), (1 / 3f, 0)),
                        Pitch = KeyCurve.Over(s, (0.742f, 0), (0.767f, Radians(-22)), (0.875f, Radians(-22)), (0.892f, 0)),
                    },
                },
            ],
            Scene = Place(KnownLights.KeyRight, BackdropKind.Office, 19) with { Look = new() { Noise = 0.006f } },
            Light = KeyCurve.Over(s, (0.833f, 1), (0.892f, 0.07f)),
        };
    }

    private static Script Sweep(ScriptWishes wishes) => Base("sweep", wishes, (512, 512), 8) with
    {
        Focal = (1480f / 512, 1480f / 512),
        Roles = [new() { Person = Cast.Find("F"), Position = new(0, 0.3f, 90), Head = HeadMotion.Still, Gaze = new GazeGrid(), IsLively = false, BlinkPause = null }],
        Scene = Place(KnownLights.KeyLeft, BackdropKind.Studio, 20) with { Look = new() { Noise = 0.006f } },
    };

    private static Script Profile(ScriptWishes wishes)
    {
        Script script = Base("profile", wishes, (1280, 720), 8);
        const float Far = 80;
        return script with
        {
            Roles =
            [
                new()
                {
                    Person = Cast.Find("G"),
                    Head = new()
                    {
                        YawSpread = 0,
                        PitchSpread = Radians(2),
                        RollSpread = Radians(1.5f),
                        FollowsGaze = 0,
                        Yaw = KeyCurve.Over(script.Seconds, (0.06f, 0), (0.22f, Radians(-Far)), (0.30f, Radians(-Far)), (0.62f, Radians(Far)), (0.70f, Radians(Far)), (0.90f, 0)),
                    },
                    Gaze = new Glances { Yaw = Radians(10), Pitch = Radians(8), CameraShare = 0.8f, Longest = 2.2f },
                },
            ],
            Scene = Place(KnownLights.KeyRight, BackdropKind.Room, 31),
        };
    }

    private static Script LowLight(ScriptWishes wishes)
    {
        Script script = Base("lowlight", wishes, (1280, 720), 8);
        return script with
        {
            Roles = [new() { Person = Cast.Find("H"), Talks = true }],
            Scene = Place(KnownLights.WarmAndCool, BackdropKind.Night, 41) with { Look = new() { Noise = 0.006f, ColorNoise = 0.5f } },
            Light = KeyCurve.Over(script.Seconds, (0.15f, 1), (0.45f, 0.05f), (0.70f, 0.05f), (0.95f, 0.6f)),
        };
    }

    private static Script Drawn(ScriptWishes wishes)
    {
        Script script = Base("random", wishes, (1280, 720), 8);
        var random = new Random(Seeds.Mix(wishes.Seed, 1));
        bool isPair = wishes.Cast.Count == 2 || (wishes.Cast.Count == 0 && random.NextSingle() < 0.3f);
        Role[] roles = [.. Enumerable.Range(0, isPair ? 2 : 1).Select(index => DrawnRole(random, wishes.Seed, index, isPair))];

        // Steady from frame to frame: what one picture may have would tremble in a clip.
        Scene scene = Scene.Random(Seeds.Mix(wishes.Seed, 2));
        return script with
        {
            Focal = isPair ? (1300f / 1280, 1300f / 720) : (random.NextSingle(1.5f, 2.3f), random.NextSingle(1.5f, 2.3f)),
            Roles = roles,
            Scene = scene with { Look = scene.Look with { MotionBlur = Vector2.Zero, Banding = 0, JpegQuality = 0, Noise = Math.Min(scene.Look.Noise, 0.012f) } },
        };
    }

    private static Role DrawnRole(Random random, int seed, int index, bool isPair) => new()
    {
        Person = PerformerIdentity.Random(Seeds.Mix(seed, 10 + index)),
        Position = isPair ? new((index == 0 ? -19 : 18) + random.NextSingle(-2, 2), random.NextSingle(-1, 1), random.NextSingle(94, 110)) : new(random.NextSingle(-5, 5), random.NextSingle(-1, 2), random.NextSingle(80, 125)),
        Talks = index > 0 || random.NextSingle() < 0.6f,
        Head = new() { YawSpread = Radians(random.NextSingle(3, 14)), FollowsGaze = random.NextSingle(0.15f, 0.5f), MeanYaw = Radians(isPair ? (index == 0 ? 6 : -6) : random.NextSingle(-12, 12)) },
        Gaze = new Glances
        {
            Yaw = Radians(random.NextSingle(10, 35)),
            Pitch = Radians(random.NextSingle(6, 18)),
            CameraShare = random.NextSingle(0.1f, 0.8f),
            Partner = isPair ? 1 - index : null,
            Longest = random.NextSingle(1, 3),
        },
    };

    private static Script Base(string name, ScriptWishes wishes, (int Width, int Height) size, float seconds) => new()
    {
        Name = name,
        Width = wishes.Size?.Width ?? size.Width,
        Height = wishes.Size?.Height ?? size.Height,
        Rate = wishes.Rate ?? new(30),
        Seconds = wishes.Seconds ?? seconds,
        Seed = wishes.Seed,
        Roles = [],
        Scene = Place(KnownLights.KeyLeft, BackdropKind.Studio, 1),
    };

    private static Scene Place(SceneLight light, BackdropKind kind, int seed) => new() { Light = light, Backdrop = new() { Kind = kind, Seed = seed } };

    private static float Radians(float degrees) => float.DegreesToRadians(degrees);
}
