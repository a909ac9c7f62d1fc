namespace VideoGaze.Stages.Report;

/// <summary>That the generator of a run was fine-tuned for it, and from what: with the same faces, base, steps and seed it comes out again.</summary>
/// <param name="Base">The generator it was before.</param>
/// <param name="Steps">Steps of training.</param>
/// <param name="Seed">Of everything random in it.</param>
public sealed record AdaptationRecord(ModelRecord Base, int Steps, int Seed);
