namespace Fulfillment.Client.Import;

/// <summary>A line of a made-up history.</summary>
readonly record struct MadeLine(
    string Invoice, string Code, string Title, int Quantity, DateTime At, decimal Price, string Customer,
    string Country)
{
    /// <summary>The invoice's line for something that is not goods.</summary>
    public MadeLine Extra(string code, string title, decimal price) =>
        this with { Code = code, Title = title, Quantity = 1, Price = price };
}

/// <summary>
/// Makes up a history with the shape of UCI Online Retail: the sizes of its invoices, its quantities and prices, its
/// busy articles, and everything odd that it has, about as often as it has it.
/// </summary>
sealed class Generator
{
    const int Remembered = 4_096;
    const string Home = "United Kingdom";

    static readonly string[] Losses =
    [
        "damages", "thrown away", "?", "check", "wet damaged", "sold as set on dotcom", "wrong code?", "lost",
        "Show Samples", "MIA",
    ];

    static readonly (string Code, string Title)[] Taken =
    [
        ("D", "Discount"), ("M", "Manual"), ("S", "SAMPLES"), ("POST", "POSTAGE"), ("AMAZONFEE", "AMAZON FEE"),
        ("BANK CHARGES", "Bank Charges"),
    ];

    static readonly string[] Finds = ["found", "adjustment", "amazon", "?"];

    readonly Chance _chance;
    readonly Catalogue _catalogue;
    readonly MadeLine[] _sold = new MadeLine[Remembered];
    long _soldCount, _invoices = 536_365;
    DateTime _at = new(2010, 12, 1, 8, 26, 0, DateTimeKind.Unspecified);

    public Generator(int seed)
    {
        _chance = new(seed);
        _catalogue = new(_chance);
    }

    /// <summary>The lines, without end.</summary>
    public IEnumerable<MadeLine> Lines()
    {
        while (true)
        {
            foreach (var line in Next()) yield return line;
        }
    }

    /// <summary>
    /// The next invoices, as often as the history has each kind: sales, cancellations, corrections, and the rare ones.
    /// </summary>
    List<MadeLine> Next() => _chance.Below(100_000) switch
    {
        < 69_400 => Sale(_catalogue.AnyShopper(_chance)),
        < 76_000 => Anonymous(),
        < 91_500 => Cancellation(),
        < 97_100 => [Correction()],
        < 99_960 => [Find()],
        < 99_975 => Accounts(),
        < 99_985 => Mistake(),
        _ => Interleaved(),
    };

    List<MadeLine> Sale(Shopper shopper)
    {
        List<MadeLine> lines = [];
        var (invoice, at) = Begin();
        for (var left = SizeOfSale(); left > 0; left--)
        {
            var line = SaleLine(invoice, at, shopper.Number, shopper.Country);
            if (_chance.Of(90)) line = line with { Price = 0 };
            else _sold[_soldCount++ % Remembered] = line;
            lines.Add(line);
        }

        if (shopper.Country != Home && _chance.Of(500_000)) lines.Add(lines[0].Extra("POST", "POSTAGE", 18));
        if (_chance.Of(15_000)) lines.Add(lines[0].Extra("M", "Manual", _chance.Between(1, 9_000) / 100m));
        if (_chance.Of(6_500)) lines.Add(lines[0].Extra("C2", "CARRIAGE", 50));
        if (_chance.Of(200)) lines.Add(lines[0].Extra("PADS", "PADS TO MATCH ALL CUSHIONS", 0.001m));
        return lines;
    }

    /// <summary>What came in through a marketplace: no customer, many lines, and its postage.</summary>
    List<MadeLine> Anonymous()
    {
        List<MadeLine> lines = [];
        var (invoice, at) = Begin();
        for (var left = SizeOfAnonymous(); left > 0; left--) lines.Add(SaleLine(invoice, at, "", Home));
        if (_chance.Of(500_000))
            lines.Add(lines[0].Extra("DOT", "DOTCOM POSTAGE", _chance.Between(1_000, 90_000) / 100m));
        if (_chance.Of(30_000))
            lines.Add(lines[0].Extra("gift_0001_40", "Dotcomgiftshop Gift Voucher £40.00", 34.04m));
        return lines;
    }

    List<MadeLine> Cancellation()
    {
        if (_soldCount == 0) return [];
        List<MadeLine> lines = [];
        var (number, at) = Begin();
        var place = _chance.Below((int)Math.Min(Remembered, _soldCount));
        var first = _sold[place];
        var invoice = $"C{number}";
        for (var left = SizeOfCancellation(); left > 0; left--, place = (place + 1) % Remembered)
        {
            var sold = _sold[place];
            if (sold.Customer != first.Customer || sold.Quantity <= 0) break;
            lines.Add(CancelledLine(sold, place) with { Invoice = invoice, At = at });
        }

        return lines;
    }

    MadeLine CancelledLine(MadeLine sold, int place)
    {
        if (_chance.Of(67_000))
        {
            var (code, title) = _chance.One(Taken);
            var customer = _chance.Of(400_000) ? "" : sold.Customer;
            return sold with { Code = code, Title = title, Quantity = -1, Customer = customer };
        }

        if (_chance.Of(22_000)) return sold with { Quantity = -1, Customer = "" };
        if (_chance.Of(4_000)) return sold with { Quantity = -sold.Quantity - 1_000 };
        if (_chance.Of(160_000))
            return sold with { Code = _catalogue.RareArticle(_chance).Code, Quantity = -_chance.Between(1, 12) };
        var units = _chance.Of(500_000) ? sold.Quantity : _chance.Between(1, sold.Quantity);
        _sold[place] = sold with { Quantity = sold.Quantity - units };
        return sold with { Quantity = -units };
    }

    /// <summary>Units that are gone: no price and no customer, and seldom a word.</summary>
    MadeLine Correction()
    {
        var (invoice, at) = Begin();
        var article = _chance.Of(200_000) ? _catalogue.RareArticle(_chance) : _catalogue.AnyArticle(_chance);
        var why = _chance.Of(790_000) ? "" : _chance.One(Losses);
        return new(invoice, article.Code, why, -_chance.Between(1, 120), at, 0, "", Home);
    }

    MadeLine Find() => Correction() is var line ? line with
    {
        Quantity = -line.Quantity,
        Title = line.Title.Length == 0 ? "" : _chance.One(Finds),
    } : default;

    List<MadeLine> Accounts()
    {
        List<MadeLine> lines = [];
        foreach (var price in (ReadOnlySpan<decimal>)[11_062.06m, -11_062.06m])
        {
            var (invoice, at) = Begin();
            lines.Add(new($"A{invoice}", "B", "Adjust bad debt", 1, at, price, "", Home));
        }

        return lines;
    }

    /// <summary>Somebody typed far too many, and took them back at once.</summary>
    List<MadeLine> Mistake()
    {
        var shopper = _catalogue.AnyShopper(_chance);
        var (invoice, at) = Begin();
        var line = SaleLine(invoice, at, shopper.Number, shopper.Country) with { Quantity = 74_215 };
        var (back, later) = Begin();
        return [line, line with { Invoice = $"C{back}", At = later, Quantity = -74_215 }];
    }

    /// <summary>Two lines of another invoice stand between the lines of one.</summary>
    List<MadeLine> Interleaved()
    {
        var lines = Sale(_catalogue.AnyShopper(_chance));
        var other = Sale(_catalogue.AnyShopper(_chance));
        lines.InsertRange(Math.Min(4, lines.Count), other.Take(2));
        return lines;
    }

    MadeLine SaleLine(string invoice, DateTime at, string customer, string country)
    {
        var article = _catalogue.AnyArticle(_chance);
        // Who types a code does not always type capitals, and a title has its blanks.
        var code = _chance.Of(35_000) ? article.Code.ToLowerInvariant() : article.Code;
        var title = _chance.Of(190_000) ? article.Title + " " : article.Title;
        return new(invoice, code, title, QuantityOfLine(), at, article.Price, customer, country);
    }

    (string Invoice, DateTime At) Begin()
    {
        _at = _at.AddMinutes(_chance.Between(1, 46));
        return ($"{_invoices++}", _at);
    }

    int SizeOfSale() => _chance.Below(100) switch
    {
        < 8 => 1,
        < 25 => _chance.Between(2, 5),
        < 50 => _chance.Between(5, 14),
        < 75 => _chance.Between(14, 26),
        < 93 => _chance.Between(26, 48),
        < 99 => _chance.Between(48, 70),
        _ => _chance.Between(70, 250),
    };

    int SizeOfAnonymous() => _chance.Below(100) switch
    {
        < 50 => _chance.Between(1, 20),
        < 95 => _chance.Between(20, 250),
        _ => _chance.Between(250, 650),
    };

    int SizeOfCancellation() => _chance.Below(100) switch
    {
        < 56 => 1,
        < 77 => 2,
        < 88 => 3,
        < 98 => _chance.Between(4, 9),
        _ => _chance.Between(10, 40),
    };

    int QuantityOfLine() => _chance.Below(10_000) switch
    {
        < 3_400 => 1,
        < 5_000 => _chance.Between(2, 3),
        < 7_500 => _chance.One<int>([4, 5, 6, 6, 8, 10, 12, 12]),
        < 9_000 => _chance.One<int>([12, 16, 20, 24, 24]),
        < 9_500 => _chance.Between(24, 30),
        < 9_900 => _chance.One<int>([36, 48, 60, 72, 96, 100]),
        < 9_990 => _chance.Between(100, 480),
        _ => _chance.Between(500, 4_800),
    };
}
