namespace Fulfillment.Simulation;

/// <summary>
/// Runs one seed: workloads under faults, then calm, in which everything must converge, then the checkers. The three
/// lists are the whole configuration; a new entity or flow is added to them in the change that brings it.
/// </summary>
public static class Simulator
{
    const int SlowDays = 3, SlowTimes = 3;
    const int MostCalmSteps = 200_000;

    /// <summary>Who asks.</summary>
    public static IReadOnlyList<IWorkload> Workloads()
    {
        Buying buying = new();
        Parcelling parcelling = new(buying);
        return
        [
            new Stocking(), buying, new Shipping(buying), new Carts(), new Receiving(), new Clearing(buying),
            new Planning(buying), new Supplying(), new Numbering(), new Restocking(), new Watching(), new Counting(),
            new Merchandising(), new Carrying(), new Placing(), new Weighing(), new Picking(buying), new Boxing(),
            new Packers(buying), new Refilling(), parcelling, new Vans(), new Docking(parcelling),
        ];
    }

    /// <summary>What must hold at the end.</summary>
    public static IReadOnlyList<IChecker> Checkers { get; } =
    [
        new Promises(), new Convergence(), new Conservation(), new MoneyTrail(), new Rooms(), new AsOf(), new Chain(),
        new Numbers(), new Inbound(), new Levels(), new Counted(), new Assortment(), new Places(),
        new Picked(), new Packed(), new Boxed(), new Parcelled(), new Followed(), new Docked(), new Notified(),
    ];

    /// <summary>
    /// One history. Throws <see cref="InvariantException"/>, or whatever a bug throws; <paramref name="failed"/> sees
    /// the world before that.
    /// </summary>
    public static SimulationReport Run(SimulationOptions options, Action<World>? failed = null)
    {
        using World world = new(options);
        try
        {
            return Run(world);
        }
        catch
        {
            failed?.Invoke(world);
            throw;
        }
    }

    static SimulationReport Run(World world)
    {
        // Without parcels, all that comes before them has more time.
        var (seed, pace) = (world.Options.Seed, world.Options.Pace);
        var hasParcels = pace.IsWhole || seed % 2 == 0;
        var workloads = Workloads().Where(w => hasParcels || w is not (Parcelling or Vans or Docking)).ToArray();
        var (steps, perCall) = seed % SlowDays == 0 ? (pace.Steps * SlowTimes, pace.SlowStepsPerCall)
            : (pace.Steps, pace.StepsPerCall);
        for (var i = 0; i < steps; i++)
        {
            if (i % perCall == 0) foreach (var workload in workloads) workload.Step(world);
            world.Step();
        }

        world.Calm();
        if (world.Options.Seed % 5 > 0) Planning.BringBack(world);
        Settle(world);
        Planning.BringBack(world);
        Clearing.Finish(world, new(world));
        Planning.Finish(world, new(world));
        Settle(world);
        Planning.LetGo(world, new(world));
        Settle(world);
        Planning.GiveUp(world, new(world));
        Clearing.MakeGood(world, new(world));
        Settle(world);
        History history = new(world);
        foreach (var checker in Checkers) checker.Check(world, history);
        foreach (var fact in history.Facts) world.Count(fact.Type);
        return new(world.Options.Seed, history.Hash(), history.Facts.Count, world.Steps, world.Counts);
    }

    static void Settle(World world)
    {
        for (var steps = 0; steps < MostCalmSteps; steps++)
        {
            var busy = world.Step();
            if (!busy && !world.SkipToNextTimer()) return;
        }

        throw world.Broken($"it does not come to rest: {world.Describe()}");
    }
}
