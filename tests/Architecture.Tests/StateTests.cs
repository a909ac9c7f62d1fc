using System.CodeDom.Compiler;
using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace VideoGaze.Architecture.Tests;

/// <summary>Same input, same options, same output: nothing is remembered between two runs in one process.</summary>
public sealed class StateTests
{
    private const BindingFlags Statics = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    [Fact]
    public void No_static_field_can_be_set_again() => AssertNone(field => !field.IsInitOnly && !field.IsLiteral);

    // Frozen and read-only collections, arrays and immutable ones pass: tables are data.
    [Fact]
    public void No_static_field_holds_a_collection_that_grows() => AssertNone(field =>
        field.FieldType.IsGenericType && !field.FieldType.IsInterface && field.FieldType.GetMethod("Add") is not null && typeof(IEnumerable).IsAssignableFrom(field.FieldType)
        && !field.FieldType.Namespace!.EndsWith("Immutable", StringComparison.Ordinal));

    [Fact]
    public void The_rule_sees_a_field_that_breaks_it() => Assert.Contains(StaticFields([typeof(Offender)]), field => !field.IsInitOnly && !field.IsLiteral);

    private static void AssertNone(Func<FieldInfo, bool> offends)
    {
        IEnumerable<string> offenders = StaticFields(Projects.All.SelectMany(assembly => assembly.GetTypes())).Where(offends).Select(field => $"{field.DeclaringType}.{field.Name}");
        Assert.Empty(offenders);
    }

    /// <summary>All static fields that a person wrote: the backing fields of properties, but not the compiler's caches of delegates nor what generators emit.</summary>
    private static IEnumerable<FieldInfo> StaticFields(IEnumerable<Type> types) =>
        from type in types
        where !Chain(type).Any(IsGenerated)
        from field in type.GetFields(Statics)
        where !IsGenerated(field) || field.Name.EndsWith("k__BackingField", StringComparison.Ordinal)
        select field;

    private static bool IsGenerated(MemberInfo member) =>
        member.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false) || member.IsDefined(typeof(GeneratedCodeAttribute), inherit: false);

    private static IEnumerable<Type> Chain(Type? type)
    {
        for (; type is not null; type = type.DeclaringType)
        {
            yield return type;
        }
    }

    private static class Offender
    {
        public static int Counter { get; set; }
    }
}
