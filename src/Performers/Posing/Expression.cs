using System.Text.Json.Serialization;

namespace VideoGaze.Performers.Posing;

/// <summary>Weights of the expression shapes; 0 is rest, 1 the whole movement, values beyond are allowed. Immutable.</summary>
[JsonConverter(typeof(ExpressionJsonConverter))]
public sealed class Expression
{
    private readonly float[] weights;

    private Expression(float[] weights) => this.weights = weights;

    /// <summary>A face at rest.</summary>
    public static Expression Neutral { get; } = new(new float[ExpressionNames.Count]);

    /// <summary>The weight of a shape.</summary>
    public float this[ExpressionShape shape] => weights[(int)shape];

    /// <summary>An expression of some shapes; weights of a shape named twice add up.</summary>
    public static Expression Of(params IEnumerable<(ExpressionShape Shape, float Weight)> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        var weights = new float[ExpressionNames.Count];
        foreach ((ExpressionShape shape, float weight) in parts)
        {
            weights[(int)shape] += weight;
        }

        return new(weights);
    }

    /// <summary>The same with one weight replaced.</summary>
    public Expression With(ExpressionShape shape, float weight)
    {
        float[] changed = [.. weights];
        changed[(int)shape] = weight;
        return new(changed);
    }

    /// <summary>This expression and a share of another, shape by shape.</summary>
    public Expression Plus(Expression other, float share = 1)
    {
        ArgumentNullException.ThrowIfNull(other);
        var sum = new float[weights.Length];
        for (int i = 0; i < sum.Length; i++)
        {
            sum[i] = weights[i] + (share * other.weights[i]);
        }

        return new(sum);
    }

    /// <summary>All weights times a factor.</summary>
    public Expression Times(float factor) => Neutral.Plus(this, factor);

    /// <summary>The shapes with a weight other than 0.</summary>
    public IEnumerable<(ExpressionShape Shape, float Weight)> Parts()
    {
        for (int i = 0; i < weights.Length; i++)
        {
            if (weights[i] != 0)
            {
                yield return ((ExpressionShape)i, weights[i]);
            }
        }
    }
}
