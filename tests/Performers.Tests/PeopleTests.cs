using System.Numerics;
using VideoGaze.Performers.People;
using VideoGaze.Performers.Posing;

namespace VideoGaze.Performers.Tests;

public sealed class PeopleTests
{
    [Fact]
    public void A_seed_is_a_person()
    {
        Assert.Equal(IdentityJson.Write(PerformerIdentity.Random(4)), IdentityJson.Write(PerformerIdentity.Random(4)));
        Assert.NotEqual(IdentityJson.Write(PerformerIdentity.Random(4)), IdentityJson.Write(PerformerIdentity.Random(5)));
    }

    [Fact]
    public void Traits_that_are_asked_for_are_kept()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            PerformerIdentity person = PerformerIdentity.Random(seed, new() { Sex = Sex.Male, Age = AgeGroup.Old, SkinTone = SkinTone.VeryDark, Glasses = true });
            Assert.NotNull(person.Glasses);
            Assert.True(person.Skin.Age > 0.3f);
            Assert.True(person.Shape[0] <= 0, "men are robust");
            Assert.Null(person.Lips);
        }
    }

    // Three ages and two sexes leave marks that can be counted: old skins have wrinkles, women no beard and a slight face.
    [Fact]
    public void Ages_and_sexes_come_evenly()
    {
        PerformerIdentity[] people = [.. Enumerable.Range(0, 1200).Select(seed => PerformerIdentity.Random(seed))];
        Assert.InRange(people.Count(person => person.Skin.Age > 0.3f), 330, 470);
        Assert.InRange(people.Count(person => person.Skin.Age == 0), 330, 470);
        Assert.InRange(people.Count(person => person.Shape[0] > 0), 540, 660);
        Assert.InRange(people.Count(person => person.Glasses is not null), 180, 300);
    }

    // Standard sets and clips name people by seed: headwear is given to people of data sets only, and changes nothing else of them.
    [Fact]
    public void One_of_ten_people_of_a_data_set_wears_something_on_the_head_and_nobody_elsewhere()
    {
        PerformerIdentity[] people = [.. Enumerable.Range(0, 1000).Select(seed => PerformerIdentity.Random(seed))];
        Assert.All(people, person => Assert.Null(person.Headwear));
        PerformerIdentity[] dressed = [.. people.Select(person => HeadwearSampler.Dress(person, new Random(person.Seed)))];

        Assert.Equal(people.Select(IdentityJson.Write), dressed.Select(person => IdentityJson.Write(person with { Headwear = null })));
        Assert.InRange(dressed.Count(person => person.Headwear is not null), 70, 130);
        Assert.All(Enum.GetValues<HeadwearKind>(), kind => Assert.Contains(dressed, person => person.Headwear?.Kind == kind));
        Assert.All(dressed.Where(person => person.Headwear?.Kind == HeadwearKind.Headscarf), person => Assert.True(person.Beard.Density <= 0));
    }

    [Fact]
    public void Every_number_of_a_sampled_person_is_within_its_documented_range()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            PerformerIdentity person = PerformerIdentity.Random(seed);
            Assert.InRange(person.Eyes.KappaTemporal, float.DegreesToRadians(3), float.DegreesToRadians(6.5f));
            Assert.InRange(person.Eyes.PupilRatio, 0.25f, 0.55f);
            Assert.InRange(person.Skin.Age, 0, 0.6f);
            Assert.All(person.Skin.Mix, share => Assert.True(share.Weight > 0));
            Assert.True(Vector3.Clamp(person.Hair.Color, Vector3.Zero, Vector3.One) == person.Hair.Color);
        }
    }

    [Fact]
    public void In_anothers_place_one_keeps_the_head_and_takes_hair_clothes_glasses_and_resting_face()
    {
        PerformerIdentity a = Cast.Find("A") with { Glasses = new(), Headwear = new() }, b = Cast.Find("B");
        PerformerIdentity swapped = b.InPlaceOf(a);

        Assert.Equal((b.Name, b.Seed, b.Shape, b.Skin, b.Eyes, b.Lashes), (swapped.Name, swapped.Seed, swapped.Shape, swapped.Skin, swapped.Eyes, swapped.Lashes));
        Assert.Equal((a.Hair, a.Clothes, a.Glasses, a.Headwear), (swapped.Hair, swapped.Clothes, swapped.Glasses, swapped.Headwear));
        Assert.Same(a.RestExpression, swapped.RestExpression);
        Assert.Equal(b.Hair.Color, swapped.Beard.Color);
        Assert.Equal(b.Brows.Color, swapped.Brows.Color);
    }

    [Fact]
    public void Expressions_add_up_and_are_not_changed_by_it()
    {
        Expression smile = Expressions.Smile, sum = smile.Plus(Expressions.OpenMouth, 0.5f);

        Assert.Equal(0.12f + 0.275f, sum[ExpressionShape.JawOpen], 5);
        Assert.Equal(0.12f, smile[ExpressionShape.JawOpen]);
        Assert.Equal(0.06f, smile.Times(0.5f)[ExpressionShape.JawOpen], 5);
        Assert.Empty(Expression.Neutral.Parts());
    }
}
