using FsCheck;
using FsCheck.Fluent;

namespace Fulfillment.Tests.Domain;

/// <summary>A step of a random history: small numbers, which the history that plays it gives a meaning.</summary>
public readonly record struct Step(int What, int Who, int Units, int Twist);

/// <summary>Random histories, and their shorter forms when one fails.</summary>
static class Script
{
    /// <summary>
    /// Plays so many scripts of growing length; the shortest that fails is told, with the seed to replay it.
    /// </summary>
    public static void ForAll(int count, int longest, Action<IReadOnlyList<Step>> play) => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(count).WithEndSize(longest),
        Prop.ForAll(Arb.From(Steps, Shorter), play));

    /// <summary>Always the same scripts, to show what the random ones reach.</summary>
    public static IEnumerable<IReadOnlyList<Step>> Sample(int count, int longest) =>
        Steps.Sample(longest, new Rnd(2026), count);

    static Gen<List<Step>> Steps =>
        (from what in Gen.Choose(0, 99)
         from who in Gen.Choose(0, 99)
         from units in Gen.Choose(0, 99)
         from twist in Gen.Choose(0, 99)
         select new Step(what, who, units, twist)).ListOf();

    /// <summary>Without one half, a quarter ... a single step; every part is tried.</summary>
    static IEnumerable<List<Step>> Shorter(List<Step> script)
    {
        for (var part = script.Count / 2; part > 0; part /= 2)
        {
            for (var from = 0; from + part <= script.Count; from += part)
                yield return [.. script[..from], .. script[(from + part)..]];
        }
    }
}
