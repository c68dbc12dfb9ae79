namespace Fulfillment.Tests.Domain;

public sealed class RoomProperties
{
    const int Histories = 1_000, Longest = 120;

    /// <summary>What the histories have to show, or they prove little.</summary>
    static readonly string[] Told =
    [
        "RoomStatus.Superseded", "RoomStatus.Offline", "RoomStatus.Full", "RoomStatus.Granted",
        "node-defined", "node-taken-offline", "node-brought-online", "room-claimed",
    ];

    [Fact]
    public void No_day_gets_more_than_it_can_do_and_what_is_used_is_the_sum_of_what_was_granted() =>
        Script.ForAll(Histories, Longest, script => new RoomHistory().Play(script));

    [Fact]
    public void The_histories_show_every_answer()
    {
        HashSet<string> seen = [];
        foreach (var script in Script.Sample(100, Longest))
        {
            RoomHistory history = new();
            history.Play(script);
            seen.UnionWith(history.Seen);
        }

        Assert.Equal([], Told.Except(seen));
    }
}
