namespace VideoGaze.Stages.Features;

/// <summary>What is measured of a face in every frame for gaze-based detectors; docs/features.md says how. "Left" and "right" are the person's.</summary>
internal enum EyeSignal
{
    /// <summary>Both eyes' gaze to the image's right, degrees, camera frame.</summary>
    GazeYaw,

    /// <summary>Both eyes' gaze up, degrees.</summary>
    GazePitch,

    /// <summary>Gaze less head, degrees.</summary>
    InHeadYaw,

    /// <summary>Gaze less head, degrees.</summary>
    InHeadPitch,

    /// <summary>The left eye's own axis, degrees.</summary>
    LeftYaw,

    /// <summary>The right eye's own axis, degrees.</summary>
    RightYaw,

    /// <summary>The left eye's own axis, degrees.</summary>
    LeftPitch,

    /// <summary>The right eye's own axis, degrees.</summary>
    RightPitch,

    /// <summary>Angle by which both axes converge, degrees; below 0 they diverge.</summary>
    Vergence,

    /// <summary>Left less right pitch, degrees.</summary>
    VerticalDisparity,

    /// <summary>One over the distance of the point where both axes pass closest, 1/m; below 0 behind the head.</summary>
    MeetingPoint,

    /// <summary>Distance between both axes where they pass closest, millimetres.</summary>
    RayGap,

    /// <summary>Lid distance over eye width.</summary>
    LeftOpenness,

    /// <summary>Lid distance over eye width.</summary>
    RightOpenness,

    /// <summary>Area inside the lids over the square of the eye's width.</summary>
    LeftArea,

    /// <summary>Area inside the lids over the square of the eye's width.</summary>
    RightArea,

    /// <summary>Iris centre from the middle of the eye to the image's right, eye widths.</summary>
    LeftIrisAlong,

    /// <summary>Iris centre from the middle of the eye to the image's right, eye widths.</summary>
    RightIrisAlong,

    /// <summary>Iris centre from the middle of the eye down, eye widths.</summary>
    LeftIrisDown,

    /// <summary>Iris centre from the middle of the eye down, eye widths.</summary>
    RightIrisDown,

    /// <summary>Diameter of the iris, eye widths.</summary>
    LeftIrisDiameter,

    /// <summary>Diameter of the iris, eye widths.</summary>
    RightIrisDiameter,

    /// <summary>Lightness of the left iris, CIE Lab.</summary>
    LeftIrisLightness,

    /// <summary>Lightness of the right iris, CIE Lab.</summary>
    RightIrisLightness,

    /// <summary>Lightness of the white of the left eye, CIE Lab.</summary>
    LeftScleraLightness,

    /// <summary>Lightness of the white of the right eye, CIE Lab.</summary>
    RightScleraLightness,

    /// <summary>Distance of both irises' colours in CIE Lab.</summary>
    IrisColorDifference,

    /// <summary>Distance of both whites' colours in CIE Lab.</summary>
    ScleraColorDifference,
}
