using Fulfillment.Screening;

namespace Fulfillment.Tests.Domain;

public sealed class RecentTests
{
    const int Capacity = 7, Histories = 300, Longest = 60;

    /// <summary>Endings of orders on a trace: what a plain list of them would remember, the trace does.</summary>
    [Fact]
    public void A_ring_remembers_what_a_list_would() => Script.ForAll(Histories, Longest, script =>
    {
        List<string> list = [];
        long total = 0;
        var trace = Trace.Initial with { Goods = new(Capacity), Frauds = new(Longest) };
        for (var i = 0; i < script.Count; i++)
        {
            // A fraud takes a good ending back, wherever it stands in the ring.
            var order = script[i].What % 3 == 0 && list.Count > 0 ? list[script[i].Who % list.Count] : $"o-{i}";
            if (list.Remove(order))
            {
                total--;
                trace = Trace.Evolve(trace, new TraceEvent.FraudConfirmed(order, Product.After(i)));
            }
            else
            {
                total++;
                list.Add(order);
                if (list.Count > Capacity) list.RemoveAt(0);
                trace = Trace.Evolve(trace, new TraceEvent.OrderCleared(order, Product.After(i)));
            }

            Assert.Equal(list, Oldest(trace.Goods));
            Assert.Equal(list, Oldest(trace.Goods.Copy()));
            Assert.Equal(total, trace.Goods.Total);
            Assert.All(list, id => Assert.Equal(id, trace.Goods[trace.Goods.AgeOf(id)].Id));
            Assert.Equal(-1, trace.Goods.AgeOf("nobody"));
        }
    });

    static IEnumerable<string> Oldest(Recent recent) =>
        Enumerable.Range(0, recent.Count).Reverse().Select(age => recent[age].Id);
}
