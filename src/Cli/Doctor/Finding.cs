using System.Text.Json.Serialization;

namespace VideoGaze.Cli.Doctor;

/// <summary>How a thing stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FindingState>))]
internal enum FindingState
{
    /// <summary>There and working.</summary>
    [JsonStringEnumMemberName("ok")]
    Ok,

    /// <summary>Not there, and not needed for the ordinary run.</summary>
    [JsonStringEnumMemberName("absent")]
    Absent,

    /// <summary>Needed, and not there or not working.</summary>
    [JsonStringEnumMemberName("broken")]
    Broken,
}

/// <summary>One thing the doctor looked at.</summary>
/// <param name="Group">What it belongs to: system, video, models, inference, training.</param>
/// <param name="Name">What was looked at.</param>
/// <param name="State">How it stands.</param>
/// <param name="Detail">Version, path or reason; where it is broken, also the remedy.</param>
internal sealed record Finding(string Group, string Name, FindingState State, string Detail)
{
    /// <summary>SHA-256 of the file, where the thing is a file.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Sha256 { get; init; }
}
