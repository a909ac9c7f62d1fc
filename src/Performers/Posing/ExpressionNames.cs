namespace VideoGaze.Performers.Posing;

/// <summary>Names of expression shapes in files: <c>mouthSmile_L</c> for <see cref="ExpressionShape.MouthSmileLeft"/>.</summary>
public static class ExpressionNames
{
    /// <summary>Number of shapes.</summary>
    public const int Count = (int)ExpressionShape.NoseSneerRight + 1;

    // MouthLeft, MouthRight, JawLeft and JawRight are movements to a side, not halves of a pair.
    private static readonly string[] Names = [.. Enum.GetNames<ExpressionShape>().Select(ToFileName)];

    /// <summary>The name in files.</summary>
    public static string NameOf(ExpressionShape shape) => Names[(int)shape];

    /// <summary>Whether a name in files is one of a shape, and which.</summary>
    public static bool TryParse(string name, out ExpressionShape shape)
    {
        int at = Array.IndexOf(Names, name);
        shape = (ExpressionShape)Math.Max(at, 0);
        return at >= 0;
    }

    private static string ToFileName(string member)
    {
        string camel = char.ToLowerInvariant(member[0]) + member[1..];
        bool isSideways = member is nameof(ExpressionShape.MouthLeft) or nameof(ExpressionShape.MouthRight) or nameof(ExpressionShape.JawLeft) or nameof(ExpressionShape.JawRight);
        return isSideways ? camel
            : camel.EndsWith("Left", StringComparison.Ordinal) ? camel[..^4] + "_L"
            : camel.EndsWith("Right", StringComparison.Ordinal) ? camel[..^5] + "_R"
            : camel;
    }
}
