using System.Numerics;
using VideoGaze.Faces.Appearance;

namespace VideoGaze.Faces.Tests.Appearance;

public sealed class MultiBandBlendTests
{
    private const int Side = 64;

    [Theory]
    [InlineData(64)]
    [InlineData(96)]
    [InlineData(5)]
    public void A_picture_alone_stays_as_it_is(int side)
    {
        Vector4[] picture = Picture(side, (x, y) => 0.5f + (0.4f * MathF.Sin((3 * x) + (x * y))));
        Vector4[] blended = MultiBandBlend.Of([picture, Picture(side, (_, _) => 1)], [Weights(side, _ => 0.2f), Weights(side, _ => 0)], side);
        Assert.All(blended.Zip(picture), pair => Assert.Equal(pair.Second.X, pair.First.X, 1e-5f));
    }

    [Fact]
    public void Where_one_picture_takes_over_light_changes_gradually_and_detail_at_once()
    {
        // A light picture with upright stripes at the left, a dark one with level stripes at the right; in both it is lighter at the left.
        Vector4[] light = Picture(Side, (x, _) => 0.8f - (0.3f * x / Side) + Stripe(x)), dark = Picture(Side, (x, y) => 0.5f - (0.3f * x / Side) + Stripe(y));
        Vector4[] blended = MultiBandBlend.Of([light, dark], [Weights(Side, x => x < Side / 2 ? 1 : 0), Weights(Side, x => x < Side / 2 ? 0 : 1)], Side);

        // Means over two columns and two rows see no stripes. Joined texel by texel, the step in the middle would be .3.
        float[] steps = [.. Enumerable.Range(0, Side - 4).Select(x => MathF.Abs(Mean(blended, x + 2) - Mean(blended, x)))];
        Assert.True(steps.Max() < 0.05f, $"a step of {steps.Max():0.00}");
        Assert.True(Mean(blended, 4) - Mean(blended, Side - 6) > 0.1f, $"light from {Mean(blended, 4):0.00} to {Mean(blended, Side - 6):0.00}");

        // Beside the border each picture's own stripes, whole, and not the other's.
        const int row = Side / 2;
        Assert.Equal(-0.1f, blended[At((Side / 2) - 3, row)].X - blended[At((Side / 2) - 4, row)].X, 0.03f);
        Assert.Equal(0, blended[At((Side / 2) - 4, row)].X - blended[At((Side / 2) - 4, row + 1)].X, 0.02f);
        Assert.Equal(0.1f, blended[At((Side / 2) + 4, row)].X - blended[At((Side / 2) + 4, row + 1)].X, 0.03f);
    }

    [Fact]
    public void The_mirror_image_of_both_gives_the_mirror_image()
    {
        Vector4[] one = Picture(Side, (x, y) => ((x * 7) + (y * 3)) % 11 / 11f), other = Picture(Side, (x, y) => ((x * 5) + (y * 2)) % 13 / 13f);
        Vector4[] blended = MultiBandBlend.Of([one, other], [Weights(Side, x => x < 20 ? 1 : 0.1f), Weights(Side, x => x < 20 ? 0 : 1)], Side);
        Vector4[] turned = MultiBandBlend.Of([Mirrored(one), Mirrored(other)], [Weights(Side, x => Side - 1 - x < 20 ? 1 : 0.1f), Weights(Side, x => Side - 1 - x < 20 ? 0 : 1)], Side);
        Assert.All(Mirrored(blended).Zip(turned), pair => Assert.Equal(pair.First.X, pair.Second.X, 1e-4f));
    }

    private static float Stripe(int i) => i % 2 == 0 ? 0.05f : -0.05f;

    private static int At(int x, int y) => (y * Side) + x;

    private static float Mean(Vector4[] texels, int x) => (texels[At(x, 30)].X + texels[At(x + 1, 30)].X + texels[At(x, 31)].X + texels[At(x + 1, 31)].X) / 4;

    private static Vector4[] Picture(int side, Func<int, int, float> colour) => [.. Enumerable.Range(0, side * side).Select(i => new Vector4(colour(i % side, i / side)))];

    private static float[] Weights(int side, Func<int, float> weight) => [.. Enumerable.Range(0, side * side).Select(i => weight(i % side))];

    private static Vector4[] Mirrored(Vector4[] texels) => [.. texels.Select((_, i) => texels[At(Side - 1 - (i % Side), i / Side)])];
}
