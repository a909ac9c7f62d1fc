namespace VideoGaze.Training.Data;

/// <summary>Draws the batches of consecutive steps ahead of a training loop.</summary>
internal static class BatchesAhead
{
    /// <summary>The steps from <paramref name="first"/> on, each with its batch. A failure of a drawing thread surfaces here; none draws any more when the loop is left.</summary>
    /// <param name="first">First step.</param>
    /// <param name="steps">The step behind the last one.</param>
    /// <param name="drawers">Batches drawn at the same time.</param>
    /// <param name="draw">Draws the batch of a step; called from several threads where there are several drawers.</param>
    public static IEnumerable<(int Step, T Batch)> From<T>(int first, int steps, int drawers, Func<int, T> draw)
    {
        var ahead = new Queue<Task<T>>();
        int next = first;
        try
        {
            for (int step = first; step < steps; step++)
            {
                // A batch that is ready keeps no drawer busy.
                while (next < steps && (ahead.Count < drawers || (ahead.Count == drawers && ahead.Peek().IsCompleted)))
                {
                    int drawn = next++;
                    ahead.Enqueue(Task.Run(() => draw(drawn)));
                }

                yield return (step, ahead.Dequeue().GetAwaiter().GetResult());
            }
        }
        finally
        {
            foreach (Task<T> task in ahead)
            {
                Task.WaitAny([task], CancellationToken.None);
            }
        }
    }
}
