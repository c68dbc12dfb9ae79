using System.Text;
using Fulfillment.Engine;

namespace Fulfillment.Tests.Engine;

// The keys of personal data: written no later than the first event that needs them.
public abstract partial class ClusterContract
{
    [SkippableFact]
    public async Task What_is_sealed_can_be_opened_and_says_nothing_by_itself()
    {
        var keyring = Open().Cluster.Keyring;
        var text = Encoding.UTF8.GetBytes("Wilhelmine Kaltenbrunner");
        var personal = await keyring.Seal<string>("s1", text);
        Assert.Equal("s1", personal.Subject);
        Assert.Equal(text, await keyring.Open(personal));
        Assert.Equal(personal, await keyring.Seal<string>("s1", text));
        Assert.NotEqual(personal.Sealed, (await keyring.Seal<string>("s2", text)).Sealed);
        Assert.NotEqual(personal.Sealed, (await keyring.Seal<string>("s1", text.AsMemory(1))).Sealed);
        Assert.Empty((await keyring.Open(await keyring.Seal<string>("s1", default)))!);
    }

    [SkippableFact]
    public async Task Sealed_text_of_an_unknown_subject_or_damaged_is_not_opened()
    {
        var keyring = Open().Cluster.Keyring;
        var personal = await keyring.Seal<string>("s1", Encoding.UTF8.GetBytes("text"));
        Assert.Null(await keyring.Open(new Personal<string>("nobody", personal.Sealed)));
        var damaged = personal with { Sealed = (personal.Sealed[0] == 'A' ? 'B' : 'A') + personal.Sealed[1..] };
        await Assert.ThrowsAsync<JournalException>(async () => await keyring.Open(damaged));
        await keyring.Seal<string>("s2", Encoding.UTF8.GetBytes("other"));
        await Assert.ThrowsAsync<JournalException>(async () => await keyring.Open(personal with { Subject = "s2" }));
        foreach (var text in new[] { "", "short", "not base 64 !" })
            await Assert.ThrowsAsync<JournalException>(
                async () => await keyring.Open(new Personal<string>("s1", text)));
    }

    [SkippableTheory]
    [InlineData(nameof(Fate.Made))]
    [InlineData(nameof(Fate.Failed))]
    [InlineData(nameof(Fate.LostBefore))]
    [InlineData(nameof(Fate.LostAfter))]
    public async Task A_key_is_durable_when_the_first_event_that_needs_it_is(string fate)
    {
        var first = Open();
        first.Store.Next(Enum.Parse<Fate>(fate));
        var personal = await first.Cluster.Keyring.Seal<string>("s1", Encoding.UTF8.GetBytes("text"));
        Assert.Null(await first.Store.Inner.Key("s1"));
        await Insist(first, "a", new CounterCommand.Add("1", 1, personal.Sealed));
        Assert.Equal(personal, await first.Cluster.Keyring.Seal<string>("s1", Encoding.UTF8.GetBytes("text")));
        first.Kill();

        var second = Open();
        Assert.Equal("text", Encoding.UTF8.GetString((await second.Cluster.Keyring.Open(personal))!));
        Assert.Equal(personal, await second.Cluster.Keyring.Seal<string>("s1", Encoding.UTF8.GetBytes("text")));
    }

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Keys_are_logged_and_filed_later_and_none_is_lost_whatever_becomes_of_commits(int seed)
    {
        Random random = new(seed);
        EngineOptions options = new() { KeysToFile = 200 };
        Dictionary<string, Personal<string>> known = [];
        var host = Open(options: options);
        for (var round = 0; round < 120; round++)
        {
            if (random.Next(30) == 0)
            {
                host.Kill();
                host = Open(options: options);
            }

            if (random.Next(4) == 0) host.Store.Next((Fate)random.Next((int)Fate.Made, (int)Fate.MadeThenDeath));
            Dictionary<string, Personal<string>> made = [];
            for (var i = 0; i < 10; i++)
            {
                var subject = $"s{random.Next(1_500)}";
                var text = Encoding.UTF8.GetBytes($"text of {subject}");
                var personal = await host.Cluster.Keyring.Seal<string>(subject, text);
                Assert.Equal(known.GetValueOrDefault(subject, personal), personal);
                made[subject] = personal;
            }

            await Insist(host, $"c{round % 7}", new CounterCommand.Add($"{round}", 1));
            foreach (var (subject, personal) in made) known[subject] = personal;
        }

        Assert.InRange(host.Store.Inner.Subjects("", int.MaxValue).Count, 200, known.Count - 1);
        await host.DisposeAsync();

        var last = Open(options: options);
        Assert.Empty(last.Store.Inner.KeyLog());
        Assert.Equal(known.Keys.Order(StringComparer.Ordinal), last.Store.Inner.Subjects("", int.MaxValue));
        foreach (var (subject, personal) in known)
        {
            Assert.Equal($"text of {subject}", Encoding.UTF8.GetString((await last.Cluster.Keyring.Open(personal))!));
        }
    }

    [SkippableFact]
    public async Task Whoever_seals_at_the_same_time_uses_the_same_key()
    {
        var host = Open();
        var text = Encoding.UTF8.GetBytes("text");
        for (var round = 0; round < 20; round++)
        {
            var subject = $"s{round}";
            var sealing = Enumerable.Range(0, 20).Select(i => Task.Run(async () =>
            {
                var personal = await host.Cluster.Keyring.Seal<string>(subject, text);
                await host.Ask($"c{i}", new CounterCommand.Add(subject, 1));
                var again = await host.Cluster.Keyring.Seal<string>(subject, text);
                return again.Sealed == personal.Sealed ? personal.Sealed : "changed";
            }));
            Assert.Single((await Task.WhenAll(sealing)).Distinct());
        }
    }

    [SkippableFact]
    public async Task A_pseudonym_is_the_same_for_ever_and_tells_nothing()
    {
        string pseudonym;
        await using (var first = Open())
        {
            pseudonym = first.Cluster.Keyring.Pseudonym("default", "jane@example.com");
            Assert.DoesNotContain("jane", pseudonym);
            Assert.NotEqual(pseudonym, first.Cluster.Keyring.Pseudonym("other", "jane@example.com"));
            Assert.NotEqual(pseudonym, first.Cluster.Keyring.Pseudonym("default", "joan@example.com"));
        }

        Assert.Equal(pseudonym, Open().Cluster.Keyring.Pseudonym("default", "jane@example.com"));
    }
}
