using System.Collections.Immutable;

namespace Fulfillment.Shipping;

/// <summary>
/// Duty and tax of a consignment, by a table. Exact: values and shares are whole minor units that add up, a rule is
/// rounded half up once for the whole consignment, and lines get their parts by the largest remainder.
/// </summary>
public sealed class Duties
{
    const int WholeInBasisPoints = 10_000, HsDigits = 6;

    readonly DutyArea _area;
    readonly DutyAsk _ask;
    readonly long[] _goods, _dutiable, _taxable, _sold, _duty;
    readonly List<DutyCharge>[] _charges;
    readonly List<DutyGap> _gaps = [];

    Duties(DutyArea area, DutyAsk ask, long[] goods, long[] carriage)
    {
        (_area, _ask, _goods) = (area, ask, goods);
        _dutiable = [.. goods.Select((g, i) => g + (area.Basis == DutyBasis.Cif ? carriage[i] : 0))];
        _taxable = [.. goods.Select((g, i) => area.TaxBasis == TaxBasis.Landed ? g + carriage[i] : _dutiable[i])];
        _sold = [.. goods.Select((g, i) => g + carriage[i])];
        _duty = new long[goods.Length];
        _charges = [.. goods.Select(_ => new List<DutyCharge>())];
    }

    /// <summary>The estimate; statuses are tested in their order.</summary>
    public static DutyReply Of(DutyTable table, DutyAsk ask)
    {
        if (!CustomsArea.IsLeft(ask.From, ask.To)) return Nothing(DutyStatus.NoBorder);
        if (table.Areas.FirstOrDefault(a => a.Customs == ask.To.Customs) is not { } area)
            return Nothing(DutyStatus.UnknownPlace);
        var currency = ask.Lines[0].Value.Currency;
        var worth = ask.Lines.Sum(l => l.Value.AmountMinor);
        if (Exchange.Convert(table, worth, currency, area.Currency) is not { } goods
            || Exchange.Convert(table, ask.CarriageMinor + ask.InsuranceMinor, currency, area.Currency)
                is not { } carriage)
            return Nothing(DutyStatus.UnknownCurrency);

        var parts = Split(goods, [.. ask.Lines.Select(l => l.Value.AmountMinor)]);
        Duties duties = new(area, ask, parts, Split(carriage, parts));
        duties.ChargeDuty();
        duties.ChargeTax();
        return new(
            duties._gaps.Count > 0 ? DutyStatus.InPart : DutyStatus.Estimated, area.Currency, goods, carriage,
            [.. ask.Lines.Select((l, i) => new DutyLineReply(l.Id, parts[i], [.. duties._charges[i]]))],
            [.. duties._gaps]);

        static DutyReply Nothing(DutyStatus status) => new(status, null, 0, 0, [], []);
    }

    void ChargeDuty()
    {
        // Inside a customs area only tax may be asked for.
        if (CustomsArea.IsSame(_ask.From, _ask.To)) return;
        var low = LowValueOf(LowValueRelief.Duty);
        HashSet<string> paid = new(StringComparer.Ordinal);
        List<(DutyRule Rule, int Line)> due = [];
        for (var i = 0; i < _goods.Length; i++)
        {
            var line = _ask.Lines[i];
            if (low is not null && !Begins(low.NotHsCodes, line.HsCode))
            {
                var each = paid.Add(line.HsCode[..HsDigits]) ? low.PerItemMinor : 0;
                _charges[i].Add(new(
                    ChargeKind.Duty, low.Id, 0, _dutiable[i], each,
                    low.PerItemMinor > 0 ? ChargeAt.Border : ChargeAt.Nobody));
                _duty[i] += each;
                continue;
            }

            var fits = Told(_area.Duties).Where(d => Fits(d, line)).ToList();
            if (Best(fits, line.HsCode) is { } rule) due.Add((rule, i));
            else _gaps.Add(new(line.Id, ChargeKind.Duty));
            due.AddRange(fits.Where(d => d.Additional).Select(d => (d, i)));
        }

        foreach (var byRule in due.GroupBy(d => d.Rule))
        {
            var kind = byRule.Key.Additional ? ChargeKind.AdditionalDuty : ChargeKind.Duty;
            Charge(kind, byRule.Key.Id, byRule.Key.BasisPoints, [.. byRule.Select(d => d.Line)], _dutiable,
                ChargeAt.Border);
        }
    }

    void ChargeTax()
    {
        var low = LowValueOf(LowValueRelief.Tax);
        // In the Union the scheme is one of its VAT, which some of its customs area is not in.
        var isCovered = _area.Customs != CustomsArea.Eu || CustomsArea.IsUnionTax(_ask.To);
        var scheme = Told(_area.Schemes).FirstOrDefault(
            s => isCovered && Holds(s.From, s.Until) && _goods.Sum() <= s.UpToMinor
                && (s.Required || Told(_ask.Schemes).Contains(s.Id)));
        List<(TaxRule Rule, int Line)> due = [];
        for (var i = 0; i < _goods.Length; i++)
        {
            var line = _ask.Lines[i];
            _taxable[i] += _duty[i];
            if (low is not null && !Begins(low.NotHsCodes, line.HsCode))
            {
                _charges[i].Add(new(ChargeKind.Tax, low.Id, 0, _taxable[i], 0, ChargeAt.Nobody));
                continue;
            }

            var rule = Told(_area.Taxes)
                .Where(t => t.Place == _ask.To.Tax && Holds(t.From, t.Until) && IsOf(t.HsCodes, line.HsCode))
                .MaxBy(t => Longest(t.HsCodes, line.HsCode));
            if (rule is null) _gaps.Add(new(line.Id, ChargeKind.Tax));
            else due.Add((rule, i));
        }

        var bases = scheme is null ? _taxable : _sold;
        var all = due.GroupBy(d => d.Rule).ToList();
        var sum = all.Sum(g => Part(g.Sum(d => bases[d.Line]), g.Key.BasisPoints));
        foreach (var byRule in all)
        {
            var isLittle = scheme is null && byRule.Key.UncollectedUpToMinor is > 0 and var little && sum <= little;
            Charge(ChargeKind.Tax, byRule.Key.Id, byRule.Key.BasisPoints, [.. byRule.Select(d => d.Line)], bases,
                scheme is not null ? ChargeAt.Sale : isLittle ? ChargeAt.Nobody : ChargeAt.Border);
        }
    }

    /// <summary>A rule's amount over all its lines, shared out to them.</summary>
    void Charge(ChargeKind kind, string rule, int basisPoints, int[] lines, long[] bases, ChargeAt at)
    {
        var whole = at == ChargeAt.Nobody ? 0 : Part(lines.Sum(i => bases[i]), basisPoints);
        var parts = Split(whole, [.. lines.Select(i => bases[i])]);
        for (var i = 0; i < lines.Length; i++)
        {
            _charges[lines[i]].Add(new(kind, rule, basisPoints, bases[lines[i]], parts[i], at));
            if (kind != ChargeKind.Tax) _duty[lines[i]] += parts[i];
        }
    }

    /// <summary>The first relief that the goods together are not worth too much for.</summary>
    LowValueRule? LowValueOf(LowValueRelief relief)
    {
        var worth = _goods.Sum();
        return Told(_area.LowValues).FirstOrDefault(
            l => l.Relief == relief && worth <= l.UpToMinor && Holds(l.From, l.Until)
                && (l.SentFrom.IsDefaultOrEmpty || l.SentFrom.Contains(_ask.From.Country)));
    }

    bool Fits(DutyRule rule, DutyLine line) => Holds(rule.From, rule.Until) && IsOf(rule.HsCodes, line.HsCode)
        && (rule.Origins.IsDefaultOrEmpty || rule.Origins.Contains(line.Origin))
        && (!rule.Preferential || line.Preferential);

    static DutyRule? Best(IEnumerable<DutyRule> fits, string code) => fits.Where(d => !d.Additional)
        .OrderByDescending(d => d.Preferential).ThenByDescending(d => Longest(d.HsCodes, code))
        .ThenByDescending(d => !d.Origins.IsDefaultOrEmpty).FirstOrDefault();

    bool Holds(DateOnly? from, DateOnly? until) => !(_ask.On < from) && !(_ask.On > until);

    static bool IsOf(ImmutableArray<string> beginnings, string code) =>
        beginnings.IsDefaultOrEmpty || Begins(beginnings, code);

    static bool Begins(ImmutableArray<string> beginnings, string code) => Longest(beginnings, code) > 0;

    static int Longest(ImmutableArray<string> beginnings, string code) => Told(beginnings)
        .Where(h => code.StartsWith(h, StringComparison.Ordinal)).Select(h => h.Length).DefaultIfEmpty(0).Max();

    /// <summary>Half up to the minor unit.</summary>
    static long Part(long of, int basisPoints) =>
        (long)(((Int128)of * basisPoints * 2 + WholeInBasisPoints) / (2 * WholeInBasisPoints));

    /// <summary>In proportion to the weights; the largest remainders get what is left, the first of equals.</summary>
    static long[] Split(long whole, long[] weights)
    {
        Int128 sum = 0;
        foreach (var weight in weights) sum += weight;
        if (sum == 0) return [.. weights.Select((_, i) => i == 0 ? whole : 0)];
        var shares = new long[weights.Length];
        var remainders = new Int128[weights.Length];
        var left = whole;
        for (var i = 0; i < weights.Length; i++)
        {
            var (share, remainder) = Int128.DivRem((Int128)whole * weights[i], sum);
            (shares[i], remainders[i]) = ((long)share, remainder);
            left -= shares[i];
        }

        foreach (var i in Enumerable.Range(0, weights.Length).OrderByDescending(i => remainders[i]).Take((int)left))
            shares[i]++;
        return shares;
    }

    static ImmutableArray<T> Told<T>(ImmutableArray<T> list) => list.IsDefault ? [] : list;
}
