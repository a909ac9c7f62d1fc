using static VideoGaze.Performers.Posing.ExpressionShape;

namespace VideoGaze.Performers.Posing;

/// <summary>Whole expressions and mouth shapes of speech (visemes), set by eye on rendered faces. Scale them with <see cref="Expression.Times"/>.</summary>
public static class Expressions
{
    /// <summary>A smile that lifts the cheeks and shows the upper teeth.</summary>
    public static Expression Smile { get; } = Expression.Of(
        (MouthSmileLeft, .85f), (MouthSmileRight, .85f), (CheekSquintLeft, .5f), (CheekSquintRight, .5f), (JawOpen, .12f), (MouthUpperUpLeft, .2f), (MouthUpperUpRight, .2f), (EyeSquintLeft, .3f), (EyeSquintRight, .3f));

    /// <summary>Mouth wide open.</summary>
    public static Expression OpenMouth { get; } = Expression.Of((JawOpen, .55f), (MouthLowerDownLeft, .2f), (MouthLowerDownRight, .2f));

    /// <summary>Rounded lips.</summary>
    public static Expression RoundLips { get; } = Expression.Of((JawOpen, .3f), (MouthFunnel, .7f), (MouthPucker, .4f));

    /// <summary>Lips drawn wide over closed teeth.</summary>
    public static Expression WideLips { get; } = Expression.Of((MouthStretchLeft, .6f), (MouthStretchRight, .6f), (JawOpen, .2f), (MouthLowerDownLeft, .4f), (MouthLowerDownRight, .4f));

    /// <summary>Raised brows, eyes wide.</summary>
    public static Expression RaisedBrows { get; } = Expression.Of((BrowInnerUpLeft, .8f), (BrowInnerUpRight, .8f), (BrowOuterUpLeft, .6f), (BrowOuterUpRight, .6f), (EyeWideLeft, .4f), (EyeWideRight, .4f));

    /// <summary>Lowered brows, corners of the mouth down.</summary>
    public static Expression Frown { get; } = Expression.Of((BrowDownLeft, .9f), (BrowDownRight, .9f), (MouthFrownLeft, .6f), (MouthFrownRight, .6f), (EyeSquintLeft, .4f), (EyeSquintRight, .4f));

    /// <summary>The expressions above, a neutral face first.</summary>
    public static IReadOnlyList<Expression> All { get; } = [Expression.Neutral, Smile, OpenMouth, RoundLips, WideLips, RaisedBrows, Frown];

    /// <summary>"a" as in father.</summary>
    public static Expression VisemeAa { get; } = Expression.Of((JawOpen, .42f), (MouthLowerDownLeft, .15f), (MouthLowerDownRight, .15f));

    /// <summary>"ee" as in see.</summary>
    public static Expression VisemeEe { get; } = Expression.Of((JawOpen, .16f), (MouthStretchLeft, .45f), (MouthStretchRight, .45f), (MouthLowerDownLeft, .3f), (MouthLowerDownRight, .3f), (MouthUpperUpLeft, .15f), (MouthUpperUpRight, .15f));

    /// <summary>"oo" as in moon.</summary>
    public static Expression VisemeOo { get; } = Expression.Of((JawOpen, .18f), (MouthFunnel, .55f), (MouthPucker, .45f));

    /// <summary>"m", "b", "p".</summary>
    public static Expression VisemeMm { get; } = Expression.Of((MouthPressLeft, .4f), (MouthPressRight, .4f), (MouthRollLower, .25f), (MouthRollUpper, .2f));

    /// <summary>"f", "v".</summary>
    public static Expression VisemeFf { get; } = Expression.Of((MouthRollLower, .4f), (JawOpen, .05f), (MouthUpperUpLeft, .2f), (MouthUpperUpRight, .2f));

    /// <summary>"o" as in go.</summary>
    public static Expression VisemeOh { get; } = Expression.Of((JawOpen, .32f), (MouthFunnel, .4f));

    /// <summary>The six visemes.</summary>
    public static IReadOnlyList<Expression> Visemes { get; } = [VisemeAa, VisemeEe, VisemeOo, VisemeMm, VisemeFf, VisemeOh];
}
