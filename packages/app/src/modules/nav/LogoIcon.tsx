import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles({
  svg: { width: 28, height: 28, flexShrink: 0 },
});

/** A gate in a ring: what passes was approved. */
export const LogoIcon = () => {
  const classes = useStyles();
  return (
    <svg className={classes.svg} viewBox="0 0 32 32" aria-hidden="true">
      <circle
        cx="16"
        cy="16"
        r="13"
        fill="none"
        stroke="#7df3e1"
        strokeWidth="3"
      />
      <path
        d="M9 16.5l5 5 9-10"
        fill="none"
        stroke="#7df3e1"
        strokeWidth="3"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
};
