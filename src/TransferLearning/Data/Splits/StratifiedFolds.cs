namespace TransferLearning.Data.Splits;

/// <summary>Assigns rows to folds so that each class is spread evenly.</summary>
internal static class StratifiedFolds
{
    /// <summary>[n]: the fold of each row, from 0; -1 for the only row of a class, which is never held out.</summary>
    /// <param name="labels">[n]: the classes.</param>
    /// <param name="folds">At least 2.</param>
    /// <param name="seed">Seeds the shuffling.</param>
    public static int[] Assign(ReadOnlySpan<int> labels, int folds, int seed)
    {
        int[] order = new int[labels.Length];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        new Random(seed).Shuffle(order);
        var byClass = new Dictionary<int, List<int>>();
        foreach (int row in order)
        {
            if (!byClass.TryGetValue(labels[row], out List<int>? rows))
            {
                byClass[labels[row]] = rows = [];
            }

            rows.Add(row);
        }

        int[] assigned = new int[labels.Length];
        int next = 0;
        foreach (List<int> rows in byClass.OrderBy(p => p.Key).Select(p => p.Value))
        {
            foreach (int row in rows)
            {
                // The count continues from class to class; otherwise, all small classes would land in the first folds.
                assigned[row] = rows.Count == 1 ? -1 : next++ % folds;
            }
        }

        return assigned;
    }
}
